import type { z } from 'zod';
import { RolegateError } from '../../src-shared/errors.ts';

/** What a request's body says, by its schema. @throws RolegateError `bad_input` naming what is wrong */
export function parse<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') || 'the body';
  throw new RolegateError('bad_input', `The request is not valid: ${where}: ${issue?.message ?? 'unreadable'}`);
}
