import { type ErrorDetails, RolegateError } from '../../../src-shared/errors.ts';
import { sentence } from './checks.ts';

/** A sign-on that was not one: the provider said no, or what it said cannot be trusted. */
export function untrusted(message: string, details: ErrorDetails = {}): RolegateError {
  return new RolegateError('access_denied', message, { hint: 'Try again, or ask your administrator.', ...details });
}

/** A provider that does not answer as it should. */
export function unreachable(connector: string, error: unknown): RolegateError {
  return new RolegateError('unavailable', `The sign-on provider of ${connector} cannot be used now.`, {
    hint: sentence(error),
    cause: error,
  });
}
