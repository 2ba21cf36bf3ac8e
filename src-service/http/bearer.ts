import { RolegateError } from '../../src-shared/errors.ts';

/** The token of an `Authorization: Bearer …` header. @throws RolegateError `needs_login` when there is none. */
export function bearerToken(header: string | undefined): string {
  const token = /^Bearer ([A-Za-z0-9_-]{1,128})$/.exec(header ?? '')?.[1];
  if (token !== undefined) return token;
  throw new RolegateError('needs_login', 'You are not logged in.', { hint: 'Log in first.' });
}
