import { z } from 'zod';

/** Asks the service's control API, and checks the answer against a schema before anything is done with it. */
export type Ask = <Schema extends z.ZodType>(
  answer: Schema,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  more?: { token?: string; body?: unknown },
) => Promise<z.output<Schema>>;

/** The answer of what only does something. */
export const nothing = z.strictObject({});
