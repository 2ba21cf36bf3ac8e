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
    /** Written at each single sign-on: what the provider said, and which connector it was. */
    claims: z.record(text, z.array(text)).optional(),
    created_by: z.strictObject({ kind: z.enum(['oidc', 'saml', 'github']), name, subject: text.optional() }).optional(),
  }),
);

/** `user`: a person, with roles and traits. Passwords are kept elsewhere; who signs on by a connector has none. */
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
  const { roles, traits, claims, created_by: connector } = spec;
  return { name: metadata.name, roles, traits, ...(claims && { claims }), ...(connector && { connector }) };
}
