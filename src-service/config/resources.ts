import { z } from 'zod';
import { parseDuration } from './duration.ts';

/**
 * Resources: YAML documents that say who there is and who may do what.
 * The shape is that of the seeds' documents (`kind`, `version`, `metadata`, `spec`).
 */

const name = z.string().min(1).max(256);
const textList = z.array(z.string());
const labels = z.record(z.string(), z.union([z.string().transform((value) => [value]), textList]));
const duration = z.string().transform((text, context) => {
  const milliseconds = parseDuration(text);
  if (milliseconds !== undefined && milliseconds >= 60_000) return milliseconds;
  context.addIssue({ code: 'custom', message: `"${text}" is no duration of a minute or more, such as 8h or 30m.` });
  return z.NEVER;
});

const metadata = z.strictObject({
  name,
  description: z.string().optional(),
  labels: z.record(z.string(), z.string()).optional(),
});

const conditions = z.strictObject({
  app_labels: labels.optional(),
  aws_role_arns: textList.optional(),
});

/** One side of a role, with its version's defaults filled in. */
export interface RoleConditions {
  app_labels: Record<string, string[]>;
  aws_role_arns: string[];
}

export const roleVersions = ['v3', 'v4', 'v5', 'v6', 'v7', 'v8'] as const;

export const roleResource = z.strictObject({
  kind: z.literal('role'),
  version: z.enum(roleVersions),
  metadata,
  spec: z.strictObject({
    options: z.strictObject({ max_session_ttl: duration.optional() }).optional(),
    allow: conditions.optional(),
    deny: conditions.optional(),
  }),
});

export const userResource = z.strictObject({
  kind: z.literal('user'),
  version: z.literal('v2'),
  metadata,
  spec: z.strictObject({
    roles: z.array(name).default([]),
    traits: z.record(z.string(), textList).default({}),
  }),
});

export const resourceKinds = { role: roleResource, user: userResource } as const;
export type ResourceKind = keyof typeof resourceKinds;

/** A role as decisions use it, with its version's defaults filled in. */
export interface Role {
  name: string;
  allow: RoleConditions;
  deny: RoleConditions;
  /** Milliseconds. */
  maxSessionTtl: number | undefined;
}

export interface User {
  name: string;
  roles: readonly string[];
  traits: Readonly<Record<string, readonly string[]>>;
}

/** Fills in a role's defaults: up to v3 a role allows all apps unless it says otherwise, from v4 on none. */
export function toRole(resource: z.output<typeof roleResource>): Role {
  const { allow, deny, options } = resource.spec;
  const allApps = resource.version === 'v3' ? { '*': ['*'] } : {};
  return {
    name: resource.metadata.name,
    allow: { app_labels: allow?.app_labels ?? allApps, aws_role_arns: allow?.aws_role_arns ?? [] },
    deny: { app_labels: deny?.app_labels ?? {}, aws_role_arns: deny?.aws_role_arns ?? [] },
    maxSessionTtl: options?.max_session_ttl,
  };
}

export function toUser(resource: z.output<typeof userResource>): User {
  return { name: resource.metadata.name, roles: resource.spec.roles, traits: resource.spec.traits };
}
