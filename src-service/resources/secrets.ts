import { RolegateError } from '../../src-shared/errors.ts';
import type { ResourceDocument } from './document.ts';
import { kindDefinition } from './kinds.ts';
import { redactedName, redactedSecret } from './redacted.ts';

type Group = Record<string, unknown>;

/** A document with its secrets taken out. */
export function redact(document: ResourceDocument): ResourceDocument {
  const copy = structuredClone(document);
  for (const path of secretPaths(document)) {
    const group = groupAt(copy, path);
    if (group && typeof group[last(path)] === 'string') group[last(path)] = redactedSecret;
  }
  // The name of a token is what lets an instance join.
  if (copy.kind === 'token') copy.metadata.name = redactedName(copy.metadata.name);
  return copy;
}

/**
 * A document with the secrets of the stored one where it says {@link redactedSecret}.
 *
 * @throws RolegateError `bad_input` where there is no such secret
 */
export function restoreSecrets(document: ResourceDocument, stored: ResourceDocument | undefined): ResourceDocument {
  const copy = structuredClone(document);
  for (const path of secretPaths(document)) {
    const group = groupAt(copy, path);
    if (group?.[last(path)] !== redactedSecret) continue;
    const secret = stored && groupAt(stored, path)?.[last(path)];
    if (typeof secret !== 'string') {
      const { kind, metadata } = document;
      throw new RolegateError(
        'bad_input',
        `${kind}/${metadata.name}: spec.${path.join('.')} is not the secret itself.`,
        {
          hint: 'Write the secret there, or export the document with --with-secrets.',
        },
      );
    }
    group[last(path)] = secret;
  }
  return copy;
}

/** Both states of a changed document without their secrets, but telling which secrets are different ones. */
export function redactChange(before: ResourceDocument | undefined, after: ResourceDocument | undefined) {
  const shown = after && redact(after);
  for (const path of after ? secretPaths(after) : []) {
    const [old, now] = [
      before && groupAt(before, path)?.[last(path)],
      groupAt(after as ResourceDocument, path)?.[last(path)],
    ];
    const group = shown && groupAt(shown, path);
    if (group && old !== undefined && now !== undefined && old !== now)
      group[last(path)] = `${redactedSecret} (changed)`;
  }
  return { before: before && redact(before), after: shown };
}

function secretPaths({ kind }: ResourceDocument): readonly (readonly string[])[] {
  return kindDefinition(kind).secrets ?? [];
}

/** The group of keys that holds the last key of a path. */
function groupAt({ spec }: ResourceDocument, path: readonly string[]): Group | undefined {
  let at: unknown = spec;
  for (const key of path.slice(0, -1)) at = isGroup(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  return isGroup(at) ? at : undefined;
}

function isGroup(value: unknown): value is Group {
  return typeof value === 'object' && value !== null;
}

function last(path: readonly string[]): string {
  return path.at(-1) ?? '';
}
