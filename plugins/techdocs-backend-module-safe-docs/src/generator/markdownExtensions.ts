import { Scalar } from 'yaml';

// The default generator draws emoji as images from a CDN; this one writes the character itself.
const UNICODE_EMOJI = 'pymdownx.emoji.to_alt';

/**
 * The Markdown extensions that every docs site gets, whatever its own mkdocs.yml lists: those of
 * TechDocs' core plugin that neither read files nor call the network. `pymdownx.snippets` and
 * `pymdownx.b64` read any file of the server and are absent for that reason.
 *
 * @internal
 */
export function markdownExtensions(): unknown[] {
  return [
    'admonition',
    'abbr',
    'attr_list',
    'def_list',
    'footnotes',
    'md_in_html',
    'tables',
    { toc: { permalink: true } },
    { 'pymdownx.betterem': { smart_enable: 'all' } },
    'pymdownx.caret',
    'pymdownx.critic',
    'pymdownx.details',
    { 'pymdownx.emoji': { emoji_generator: pythonName(UNICODE_EMOJI) } },
    { 'pymdownx.highlight': { linenums: false, pygments_lang_class: true } },
    'pymdownx.inlinehilite',
    'pymdownx.keys',
    'pymdownx.magiclink',
    'pymdownx.mark',
    'pymdownx.smartsymbols',
    'pymdownx.superfences',
    { 'pymdownx.tabbed': { alternate_style: true } },
    { 'pymdownx.tasklist': { custom_checkbox: true } },
    'pymdownx.tilde',
  ];
}

const PROVIDED = new Set([
  ...markdownExtensions().flatMap(extension =>
    typeof extension === 'string'
      ? [extension]
      : Object.keys(extension as object),
  ),
  'extra',
  'pymdownx.extra',
  'fenced_code',
  'codehilite',
  'meta',
]);

/** Whether a repository that asks for this extension has it already. */
export function isProvidedExtension(name: string): boolean {
  return PROVIDED.has(name);
}

function pythonName(name: string): Scalar {
  const scalar = new Scalar('');
  scalar.tag = `tag:yaml.org,2002:python/name:${name}`;
  return scalar;
}
