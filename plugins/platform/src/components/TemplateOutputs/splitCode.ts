/** A part of a Markdown text: prose, or a fenced block of code. @internal */
export type MarkdownPart =
  | { readonly type: 'prose'; readonly text: string }
  | { readonly type: 'code'; readonly text: string };

const FENCED = /^```[^\n]*\n([\s\S]*?)\n```[ \t]*$/gm;

/** Takes the fenced blocks of code out of a Markdown text. @internal */
export function splitCode(markdown: string): MarkdownPart[] {
  const parts: MarkdownPart[] = [];
  let end = 0;
  for (const match of markdown.matchAll(FENCED)) {
    parts.push({ type: 'prose', text: markdown.slice(end, match.index) });
    parts.push({ type: 'code', text: match[1] });
    end = match.index + match[0].length;
  }
  parts.push({ type: 'prose', text: markdown.slice(end) });
  return parts.filter(part => part.text.trim() !== '');
}
