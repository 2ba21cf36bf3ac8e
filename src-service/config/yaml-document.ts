import { type Document, isMap, isScalar, LineCounter, type Node, parseAllDocuments } from 'yaml';
import type { Problem } from './problem.ts';

/** One YAML document of a file, with the way back from a value to the line it stands on. */
export interface YamlDocument {
  file: string;
  value: unknown;
  /** Where the value at this path stands, or its nearest parent. */
  place(path: readonly PropertyKey[]): { line: number; column: number };
  /** The text of the scalar at this path as it stands in the file (`0123` is not yet 123). */
  source(path: readonly PropertyKey[]): string | undefined;
}

/** Reads all documents of a YAML 1.2 file. Empty ones are left out. */
export function readYaml(file: string, text: string): { documents: YamlDocument[]; problems: Problem[] } {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { version: '1.2', lineCounter: lines, uniqueKeys: true });
  if ('empty' in parsed) return { documents: [], problems: [] };
  const problems: Problem[] = [];
  const documents: YamlDocument[] = [];
  for (const document of parsed as Document.Parsed[]) {
    for (const error of document.errors) {
      const { line, col } = lines.linePos(error.pos[0]);
      problems.push({ file, line, column: col, message: firstSentence(error.message) });
    }
    if (document.errors.length > 0) continue;
    const value = contentOf(document);
    if (value instanceof Error) {
      problems.push({
        file,
        line: 1,
        column: 1,
        message: 'The document uses aliases (*name) beyond what is sensible.',
      });
      continue;
    }
    if (value === null) continue;
    documents.push({
      file,
      value,
      place: (path) => placeOf(document, lines, path),
      source: (path) => {
        const node = document.getIn(path, true);
        return isScalar(node) ? node.source : undefined;
      },
    });
  }
  return { documents, problems };
}

/** A few aliases are welcome; so many that they blow up memory are an attack, and the parser stops at them. */
function contentOf(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: 20 });
  } catch (error) {
    return error instanceof Error ? error : new Error('The document cannot be read.');
  }
}

function placeOf(document: Document.Parsed, lines: LineCounter, path: readonly PropertyKey[]) {
  for (let length = path.length; length >= 0; length--) {
    const offset = offsetOf(document, path.slice(0, length));
    if (offset !== undefined) {
      const { line, col } = lines.linePos(offset);
      return { line, column: col };
    }
  }
  return { line: 1, column: 1 };
}

/** Where the key of a map entry stands, or the item of a list; keys are what people look for. */
function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number | undefined {
  const parent = path.length === 0 ? undefined : document.getIn(path.slice(0, -1), true);
  if (isMap(parent)) {
    const pair = parent.items.find((item) => isScalar(item.key) && String(item.key.value) === String(path.at(-1)));
    if (isScalar(pair?.key)) return pair.key.range?.[0];
  }
  const node = (path.length === 0 ? document.contents : document.getIn(path, true)) as Node | null | undefined;
  return node?.range?.[0];
}

function firstSentence(message: string): string {
  return `${message.split(/ at line |\n/)[0]?.trim() ?? 'This is not YAML.'}`.replace(/[^.]$/, '$&.');
}
