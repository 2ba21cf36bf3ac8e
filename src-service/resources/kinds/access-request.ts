import { z } from 'zod';
import { roleArnProblem } from '../../../src-shared/aws/arn.ts';
import type { AccessGrant } from '../../access/requests.ts';
import { defineKind, documentSchema, moment, name, text } from '../document.ts';
import { duration } from './fields.ts';

export const accessRequestStates = ['pending', 'approved', 'denied', 'withdrawn', 'expired'] as const;

const schema = documentSchema(
  'access_request',
  ['v3'],
  z.strictObject({
    user: name,
    app: name,
    aws_role_arn: text,
    request_reason: text.optional(),
    max_duration: duration.optional(),
    created: moment.optional(),
    state: z.enum(accessRequestStates).default('pending'),
    /** When a pending one lapses, and when the access of an approved one ends. */
    expires: moment.optional(),
    resolved: moment.optional(),
    resolve_reason: text.optional(),
    resolved_by: name.optional(),
  }),
);
export type AccessRequestDocument = z.output<typeof schema>;

/** `access_request`: somebody asks for an IAM role for a time. */
export const accessRequestKind = defineKind({
  kind: 'access_request',
  plural: 'access_requests',
  schema,
  check: ({ spec }) => {
    const problem = roleArnProblem(spec.aws_role_arn);
    return problem ? [{ path: ['spec', 'aws_role_arn'], ...problem }] : [];
  },
});

/** The access that a request gives. @returns undefined where it gives none, now or at all */
export function toAccessGrant({ metadata, spec }: AccessRequestDocument, now: number): AccessGrant | undefined {
  const { state, user, resolved_by: approvedBy, expires } = spec;
  const expiresAt = Date.parse(expires ?? '');
  // Nobody approves their own, however the document came about.
  if (state !== 'approved' || approvedBy === undefined || approvedBy === user || !(expiresAt > now)) return undefined;
  return { request: metadata.name, app: spec.app, roleArn: spec.aws_role_arn, approvedBy, expiresAt };
}
