import { promises as fs } from 'node:fs';
import path from 'node:path';

interface SearchDocument {
  readonly location: string;
  readonly title: string;
  readonly text: string;
}

/**
 * Leaves out the first section of each page, which is its heading: mkdocs indexes its text a second
 * time, and search would show the page twice.
 *
 * @internal
 */
export async function tidySearchIndex(outputDir: string): Promise<void> {
  const file = path.join(outputDir, 'search', 'search_index.json');
  const text = await fs.readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) {
    return;
  }
  const index = JSON.parse(text) as { docs: SearchDocument[] };
  const docs = index.docs.filter((doc, position) => {
    const [page, section] = doc.location.split('#');
    const before = index.docs[position - 1];
    const isFirst = section !== undefined && before?.location === page;
    return !(isFirst && before.text.includes(doc.text));
  });
  await fs.writeFile(file, JSON.stringify({ ...index, docs }));
}
