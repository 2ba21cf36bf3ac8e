import { z } from 'zod';
import { errorCodes } from '../errors.ts';

/** One call of the registry: its input and output, parsed where it is handled. */
export interface Contract<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  input: Input;
  output: Output;
}

/** Keeps the schemas' own types while checking that each entry is a contract. */
export function defineCalls<Calls extends Record<string, Contract>>(calls: Calls): Calls {
  return calls;
}

/** A call that takes nothing. */
export const nothing = z.strictObject({});
/** A call that only does something. */
export const done = z.strictObject({});

/** Milliseconds since the epoch. */
export const timestamp = z.number().int().nonnegative();
export const port = z.number().int().min(1).max(65535);
/** A region name; whether the account has it is for AWS to say. */
export const regionName = z
  .string()
  .max(40)
  .regex(/^[a-z]{2,5}(-[a-z]+)+-\d$/, 'A region name looks like eu-west-1.');
export const accountId = z.string().regex(/^\d{12}$/);
/** Ids that we make: URL-safe, never parsed. */
export const id = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/);

/** Six digits of an authenticator app. */
export const authenticatorCode = z.string().regex(/^\d{6}$/, 'A code has six digits.');

/** A line of text from elsewhere, shown to people: no control characters, so it can forge no lines and no colours. */
export const line = z
  .string()
  .max(2048)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is kept out.
  .regex(/^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$/, 'Control characters are not allowed here.');

export const errorData = z.strictObject({
  code: z.enum(errorCodes),
  message: z.string(),
  hint: z.string().optional(),
  retryable: z.boolean(),
  needsLogin: z.boolean(),
  awsCode: z.string().optional(),
  requestId: z.string().optional(),
});
