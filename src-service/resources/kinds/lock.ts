import { z } from 'zod';
import { roleArnProblem } from '../../../src-shared/aws/arn.ts';
import type { Lock } from '../../access/locks.ts';
import { defineKind, documentSchema, type Finding, moment, name, text } from '../document.ts';

const schema = documentSchema(
  'lock',
  ['v2'],
  z.strictObject({
    target: z.strictObject({
      user: name.optional(),
      role: name.optional(),
      app: name.optional(),
      aws_role_arn: text.optional(),
    }),
    /** Shown to whoever is kept out. */
    message: text.optional(),
    expires: moment.optional(),
  }),
);
type LockDocument = z.output<typeof schema>;

/** `lock`: keeps out whoever it names, at once. */
export const lockKind = defineKind({ kind: 'lock', plural: 'locks', schema, check: findings });

function findings({ spec }: LockDocument): Finding[] {
  const { target } = spec;
  if (Object.keys(target).length === 0) {
    const message =
      'The lock names nobody. It can name user, role, app and aws_role_arn; all that it names must be so.';
    return [{ path: ['spec', 'target'], message }];
  }
  const problem = target.aws_role_arn === undefined ? undefined : roleArnProblem(target.aws_role_arn);
  return problem ? [{ path: ['spec', 'target', 'aws_role_arn'], ...problem }] : [];
}

export function toLock({ metadata, spec }: LockDocument): Lock {
  const { user, role, app, aws_role_arn: arn } = spec.target;
  return {
    name: metadata.name,
    target: {
      ...(user !== undefined && { user }),
      ...(role !== undefined && { role }),
      ...(app !== undefined && { app }),
      ...(arn !== undefined && { aws_role_arn: arn }),
    },
    ...(spec.message !== undefined && { message: spec.message }),
    ...(spec.expires !== undefined && { expiresAt: Date.parse(spec.expires) }),
  };
}
