import { stringify } from 'yaml';

/** Where each key of a role or user document belongs: what a copy from a web page without indentation loses. */
const homes: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  role: {
    kind: [],
    version: [],
    name: ['metadata'],
    description: ['metadata'],
    max_session_ttl: ['spec', 'options'],
    app_labels: ['spec', 'allow'],
    aws_role_arns: ['spec', 'allow'],
    '*': ['spec', 'allow', 'app_labels'],
  },
  user: {
    kind: [],
    version: [],
    name: ['metadata'],
    description: ['metadata'],
    roles: ['spec'],
    aws_role_arns: ['spec', 'traits'],
  },
};

/**
 * A document whose indentation was lost has everything at its top level and nothing under `metadata` and `spec`.
 *
 * @returns the document with its indentation restored, or undefined when that is not what is wrong
 */
export function restoreIndentation(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const document = value as Record<string, unknown>;
  const home = homes[String(document['kind'])];
  if (!home || document['spec'] !== null || !('name' in document)) return undefined;
  const restored: Record<string, unknown> = {};
  for (const [key, content] of Object.entries(document)) {
    const path = home[key];
    if (!path || content === null) continue;
    let place = restored;
    for (const step of path) {
      place[step] ??= {};
      place = place[step] as Record<string, unknown>;
    }
    place[key] = content;
  }
  return stringify(restored).trimEnd();
}
