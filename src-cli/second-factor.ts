import { RolegateError } from '../src-shared/errors.ts';
import { askLine } from './ask.ts';

/**
 * Does something for which a code of the authenticator may be needed: without one first, unless one was given, and
 * again with what the person types when it is asked for.
 */
export async function withCode<Result>(
  given: string | undefined,
  work: (code: { code?: string }) => Promise<Result>,
): Promise<Result> {
  if (given !== undefined) return work({ code: given });
  try {
    return await work({});
  } catch (error) {
    if (!(error instanceof RolegateError) || error.code !== 'needs_code') throw error;
    if (!process.stdin.isTTY) {
      throw new RolegateError('needs_code', error.message, { hint: 'Give it with --code.' });
    }
    return work({ code: await askLine('Code of your authenticator app: ') });
  }
}
