import { problemsError } from '../config/problem.ts';
import type { ResourceDocument } from './document.ts';
import { type ResourceFile, readDocuments } from './read-documents.ts';

/** A document that came with the service's start, and the file that it came from. */
export interface LoadedDocument {
  document: ResourceDocument;
  file: string;
}

/**
 * Reads resource documents.
 *
 * @throws RolegateError `bad_input` naming file, line and column of everything that is wrong, with the corrected
 *   text where it can be told. Nothing is loaded in part.
 */
export function loadResources(files: readonly ResourceFile[]): LoadedDocument[] {
  const { documents, problems } = readDocuments(files);
  if (problems.length > 0) throw problemsError(problems);
  return documents.map(({ document, source }) => ({ document, file: source.file }));
}
