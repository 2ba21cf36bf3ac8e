import type { FastifyRequest } from 'fastify';
import { RolegateError } from '../../src-shared/errors.ts';

/** The service's own origin as this browser or client sees it. */
export function originOf({ headers }: FastifyRequest): string {
  const { host = '' } = headers;
  const origin = `https://${host}`;
  if (URL.canParse(origin) && new URL(origin).host === host.replace(/:443$/, '').toLowerCase())
    return new URL(origin).origin;
  throw new RolegateError('bad_input', 'The request does not say properly for which host it is.');
}
