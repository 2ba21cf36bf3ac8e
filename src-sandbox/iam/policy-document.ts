import { z } from 'zod';
import { type Policy, statement } from './policy.ts';

const texts = z.union([z.string(), z.array(z.string()).min(1)]);
const statementSchema = z
  .strictObject({
    Sid: z.string().optional(),
    Effect: z.enum(['Allow', 'Deny']),
    Action: texts.optional(),
    NotAction: texts.optional(),
    Resource: texts.optional(),
    NotResource: texts.optional(),
  })
  .refine(({ Action, NotAction }) => (Action === undefined) !== (NotAction === undefined), {
    message: 'a statement has either Action or NotAction',
  })
  .refine(({ Resource, NotResource }) => (Resource === undefined) !== (NotResource === undefined), {
    message: 'a statement has either Resource or NotResource',
  });
const documentSchema = z.strictObject({
  Version: z.enum(['2012-10-17', '2008-10-17']).optional(),
  Id: z.string().optional(),
  Statement: z.union([statementSchema, z.array(statementSchema).min(1)]),
});

/** The longest session policy that STS takes, in characters (API reference, AssumeRole, `Policy`). */
const maxLength = 2048;

/**
 * Reads a policy document as it comes with AssumeRole. What it asks for and the sandbox cannot enforce (conditions,
 * principals, …) makes it unreadable: to leave a restriction out would widen the session.
 *
 * @param text JSON
 * @returns the policy, or a sentence that says why it is none
 */
export function parsePolicyDocument(text: string): Policy | string {
  if (text.length > maxLength) return `The session policy has ${text.length} characters; ${maxLength} are allowed.`;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'The session policy is not valid JSON.';
  }
  const parsed = documentSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const place = issue?.path.join('.') || 'the document';
    return (
      `The session policy cannot be used: ${place}: ${issue?.message ?? 'not understood'}. This sandbox enforces ` +
      'Effect, Action, NotAction, Resource and NotResource, and takes no policy that has anything else.'
    );
  }
  return listOf(parsed.data.Statement).map(({ Effect, Action, NotAction, Resource, NotResource }) =>
    statement(Effect, listOf(Action ?? NotAction ?? []), listOf(Resource ?? NotResource ?? []), {
      notAction: NotAction !== undefined,
      notResource: NotResource !== undefined,
    }),
  );
}

function listOf<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? value : [value as T];
}
