import type { Backend, StoredEntry } from '../backend/backend.ts';
import { type Kind, kinds, type ResourceDocument } from './document.ts';
import type { Resource } from './index.ts';
import { kindDefinition } from './kinds.ts';

/** How resources lie in the store. */

const prefix = 'resources/';

/** A name may hold slashes: it is the last part of the key, so nothing is ambiguous. */
export function resourceKey(kind: Kind, name: string): string {
  return `${prefix}${kind}/${name}`;
}

/** The kind and name of a key. @returns undefined for a kind that this version does not know */
export function parseResourceKey(key: string): { kind: Kind; name: string } | undefined {
  const match = /^resources\/([a-z_]+)\/(.+)$/s.exec(key);
  const kind = kinds.find((one) => one === match?.[1]);
  return kind && match?.[2] !== undefined ? { kind, name: match[2] } : undefined;
}

export function toEntry(document: ResourceDocument) {
  const { kind, metadata } = document;
  const expiresAt = metadata.expires === undefined ? undefined : Date.parse(metadata.expires);
  return {
    key: resourceKey(kind, metadata.name),
    value: { document },
    ...(expiresAt !== undefined && { expiresAt }),
  };
}

/** What is stored may come from another version, or from whoever can write to the store: it is read like any input. */
export function toResource(kind: Kind, name: string, { value, revision }: StoredEntry): Resource {
  const { document } = (value ?? {}) as { document?: unknown };
  const { schema, check } = kindDefinition(kind);
  const parsed = schema.safeParse(document);
  if (parsed.success) {
    const good = parsed.data as ResourceDocument;
    const [finding] =
      good.metadata.name === name ? (check?.(parsed.data) ?? []) : [{ message: 'its name is another.' }];
    if (!finding) return { document: good, origin: 'stored', revision };
    return { document: good, origin: 'stored', revision, unreadable: finding.message };
  }
  const [issue] = parsed.error.issues;
  const spec = (document as { spec?: Record<string, unknown> } | undefined)?.spec ?? {};
  return {
    document: { kind, version: 'unknown', metadata: { name }, spec },
    origin: 'stored',
    revision,
    unreadable: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'it is no document'}`,
  };
}

/** Everything that is stored, by kind and name. */
export async function readStored(backend: Backend): Promise<{ kind: Kind; name: string; resource: Resource }[]> {
  const entries = await backend.range(prefix);
  return entries.flatMap((entry) => {
    const id = parseResourceKey(entry.key);
    return id ? [{ ...id, resource: toResource(id.kind, id.name, entry) }] : [];
  });
}

export const resourcePrefix = prefix;
