import { RolegateError } from '../../src-shared/errors.ts';

/**
 * What is written in production has to be confirmed by typing, also by whoever calls past the window.
 *
 * @param word what has to have been typed
 * @throws RolegateError `bad_input`
 */
export function requireConfirmation(isProduction: boolean, word: string, typed: string | undefined): void {
  if (!isProduction || typed === word) return;
  throw new RolegateError('bad_input', 'This is production. Nothing was changed.', {
    hint: `Type ${word} to confirm the change.`,
  });
}
