import { z } from 'zod';
import { roleArnProblem } from '../../../src-shared/aws/arn.ts';
import { defineKind, documentSchema, moment, name, text } from '../document.ts';
import { duration } from './fields.ts';

/** `access_request`: somebody asks for an IAM role for a time. */
export const accessRequestKind = defineKind({
  kind: 'access_request',
  plural: 'access_requests',
  schema: documentSchema(
    'access_request',
    ['v3'],
    z.strictObject({
      user: name,
      app: name,
      aws_role_arn: text,
      request_reason: text.optional(),
      max_duration: duration.optional(),
      created: moment.optional(),
      state: z.enum(['pending', 'approved', 'denied']).default('pending'),
      resolve_reason: text.optional(),
      resolved_by: name.optional(),
    }),
  ),
  check: ({ spec }) => {
    const problem = roleArnProblem(spec.aws_role_arn);
    return problem ? [{ path: ['spec', 'aws_role_arn'], ...problem }] : [];
  },
});
