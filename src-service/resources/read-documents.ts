import type { Problem } from '../config/problem.ts';
import { problemAt, schemaProblems } from '../config/schema-problems.ts';
import { readYaml, type YamlDocument } from '../config/yaml-document.ts';
import { kinds, type ResourceDocument } from './document.ts';
import { restoreIndentation } from './flattened.ts';
import { findKind, kindDefinition } from './kinds.ts';

export interface ResourceFile {
  /** Name for error messages; nothing is read from it. */
  file: string;
  text: string;
}

/** A document as it was read, with the way back to the lines it stands on. */
export interface ReadDocument {
  document: ResourceDocument;
  source: YamlDocument;
}

/**
 * Reads the resource documents of some files. A file may hold several, separated by `---`; JSON is YAML, too.
 *
 * @returns the documents without fault, and everything that is wrong with the others
 */
export function readDocuments(files: readonly ResourceFile[]): { documents: ReadDocument[]; problems: Problem[] } {
  const documents: ReadDocument[] = [];
  const problems: Problem[] = [];
  const names = new Set<string>();
  for (const { file, text } of files) {
    const yaml = readYaml(file, text);
    problems.push(...yaml.problems);
    for (const source of yaml.documents) {
      const read = readDocument(source);
      if (Array.isArray(read)) {
        problems.push(...read);
        continue;
      }
      const { kind, metadata } = read;
      const id = JSON.stringify([kind, metadata.name]);
      if (names.has(id)) {
        const message = `There is already a ${kind} named ${metadata.name}.`;
        problems.push(problemAt(source, ['metadata', 'name'], message));
      }
      names.add(id);
      documents.push({ document: read, source });
    }
  }
  return { documents, problems };
}

function readDocument(source: YamlDocument): ResourceDocument | Problem[] {
  const restored = restoreIndentation(source.value);
  if (restored !== undefined) {
    const message = 'The indentation of this document is lost: nothing stands under metadata and spec.';
    return [{ ...problemAt(source, ['spec'], message), corrected: restored }];
  }
  const kindText = (source.value as { kind?: unknown } | null)?.kind;
  const kind = kinds.find((one) => one === kindText);
  if (!kind) return [problemAt(source, ['kind'], noSuchKind(kindText))];
  const { schema, check } = kindDefinition(kind);
  const parsed = schema.safeParse(source.value, { reportInput: true });
  if (!parsed.success) return schemaProblems(source, schema, parsed.error);
  const findings = check?.(parsed.data) ?? [];
  if (findings.length === 0) return parsed.data as ResourceDocument;
  return findings.map(({ path, message, corrected }) => ({ ...problemAt(source, path, message), corrected }));
}

function noSuchKind(kind: unknown): string {
  const known = `It can be ${kinds.slice(0, -1).join(', ')} or ${kinds.at(-1)}.`;
  if (kind === undefined) return `The document has no kind. ${known}`;
  const found = typeof kind === 'string' ? findKind(kind) : undefined;
  const near = found?.kind ?? (found as { near?: string } | undefined)?.near;
  return `There is no kind ${JSON.stringify(kind)}. ${near === undefined ? known : `Did you mean ${near}?`}`;
}
