import { z } from 'zod';
import { arnEntryProblem } from '../../access/arns.ts';
import type { User } from '../../access/role.ts';
import { defineKind, documentSchema, type Finding, name, text } from '../document.ts';

const schema = documentSchema(
  'user',
  ['v2'],
  z.strictObject({
    roles: z.array(name).default([]),
    traits: z.record(text, z.array(text)).default({}),
  }),
);

/** `user`: a person, with roles and traits. Passwords are kept elsewhere. */
export const userKind = defineKind({
  kind: 'user',
  plural: 'users',
  schema,
  check: ({ spec }) =>
    (spec.traits['aws_role_arns'] ?? []).flatMap((entry, index): Finding[] => {
      const problem = arnEntryProblem(entry, { any: false, globs: false });
      return problem ? [{ path: ['spec', 'traits', 'aws_role_arns', index], ...problem }] : [];
    }),
});

export function toUser({ metadata, spec }: z.output<typeof schema>): User {
  return { name: metadata.name, roles: spec.roles, traits: spec.traits };
}
