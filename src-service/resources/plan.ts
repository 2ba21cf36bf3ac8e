import { RolegateError } from '../../src-shared/errors.ts';
import { type Actor, requireVerb } from '../access/actor.ts';
import { nearestName } from '../config/nearest-name.ts';
import { type Problem, problemsError } from '../config/problem.ts';
import { problemAt } from '../config/schema-problems.ts';
import type { Kind, ResourceDocument } from './document.ts';
import type { Resource, ResourceIndex } from './index.ts';
import type { ReadDocument } from './read-documents.ts';
import { isRedactedName, redactedName } from './redacted.ts';
import { missingReferences } from './references.ts';
import { restoreSecrets } from './secrets.ts';

/** What may already be there when a document is written. */
export type WriteMode =
  /** Nothing of this name. */
  | 'create'
  /** Something of this name. */
  | 'update'
  /** Either. */
  | 'upsert';

/** A document that may be written. */
export interface PlannedWrite {
  /** Without the revision, which belongs to what is stored. */
  document: ResourceDocument;
  /** What is in force now. */
  existing: Resource | undefined;
  /** The revision that the author saw, where the document says so. */
  revision: string | undefined;
}

/**
 * Checks whether documents may be written together: by whom, over what, and that nothing they name is missing.
 *
 * @throws RolegateError as `Resources.write` says
 */
export function planWrites(
  actor: Actor,
  documents: readonly ReadDocument[],
  mode: WriteMode,
  index: ResourceIndex,
): PlannedWrite[] {
  const plans = documents.map(({ document }) => plan(actor, document, mode, index));
  const problems = referenceProblems(documents, index);
  if (problems.length > 0) throw problemsError(problems);
  return plans;
}

/** What documents name that is neither there nor among them. */
export function referenceProblems(documents: readonly ReadDocument[], index: ResourceIndex): Problem[] {
  const together = new Set(documents.map(({ document }) => idOf(document.kind, document.metadata.name)));
  const exists = (kind: Kind, name: string) => together.has(idOf(kind, name)) || index.find(kind, name) !== undefined;
  const names = (kind: Kind) => index.list(kind).map(({ document }) => document.metadata.name);
  return documents.flatMap(({ document, source }) =>
    missingReferences(document, exists, names).map(({ path, message }) => problemAt(source, path, message)),
  );
}

function plan(actor: Actor, document: ResourceDocument, mode: WriteMode, index: ResourceIndex): PlannedWrite {
  const { kind, metadata } = document;
  const { name: shown, revision, ...rest } = metadata;
  // Messages have the name that the author knows.
  const name = unredactedName(kind, shown, index);
  const existing = index.find(kind, name);
  requireVerb(actor, existing ? 'update' : 'create', kind);
  if (kind === 'access_request') {
    // Otherwise whoever may write them could approve their own.
    throw new RolegateError('bad_input', 'Requests for access are not written as documents.', {
      hint: 'Use: rolegate requests create, approve, deny or withdraw.',
    });
  }
  if (kind === 'token' && isRedactedName(name)) {
    throw new RolegateError('bad_input', `${name} is not the token itself.`, {
      hint: 'Write its whole name there, or export the document with --with-secrets.',
    });
  }
  if (existing?.origin === 'static') throw fromFile(kind, shown, existing);
  if (existing && mode === 'create') {
    throw new RolegateError('conflict', `There is already a ${kind} ${shown}.`, {
      hint: 'To replace it, use --force.',
    });
  }
  if (!existing && mode === 'update') throw noSuchResource(kind, shown, index);
  if (revision && !existing) throw goneMeanwhile(kind, shown);
  if (revision && revision !== existing?.revision) throw changedMeanwhile(kind, shown);
  const bare = { ...document, metadata: { name, ...rest } };
  return { document: restoreSecrets(bare, existing?.document), existing, revision: revision || undefined };
}

/** The name of a token that is named as it is shown, without its secret; where that is no name of just one, as it is. */
export function unredactedName(kind: Kind, name: string, index: ResourceIndex): string {
  if (kind !== 'token' || !isRedactedName(name)) return name;
  const names = index.list(kind).map(({ document }) => document.metadata.name);
  const [found, another] = names.filter((one) => redactedName(one) === name);
  return found !== undefined && another === undefined ? found : name;
}

export function fromFile(kind: Kind, name: string, { file }: Resource): RolegateError {
  return new RolegateError(
    'conflict',
    `The ${kind} ${name} comes from ${file}, which is read at the service's start.`,
    {
      hint: 'Change it there, and start the service again.',
    },
  );
}

export function changedMeanwhile(kind: Kind, name: string): RolegateError {
  return new RolegateError('conflict', `The ${kind} ${name} has changed since you read it.`, {
    hint: 'Read it again, and make your change to what is there now.',
  });
}

function goneMeanwhile(kind: Kind, name: string): RolegateError {
  return new RolegateError('not_found', `There is no ${kind} ${name} (any more) that could be changed.`, {
    hint: 'Names cannot be changed. To make a new one, leave out metadata.revision.',
  });
}

export function noSuchResource(kind: Kind, name: string, index: ResourceIndex): RolegateError {
  const near = nearestName(
    name,
    index.list(kind).map(({ document }) => document.metadata.name),
  );
  return new RolegateError('not_found', `There is no ${kind} ${name}.`, {
    hint: near === undefined || kind === 'token' ? undefined : `Did you mean ${near}?`,
  });
}

function idOf(kind: Kind, name: string): string {
  return `${kind}/${name}`;
}
