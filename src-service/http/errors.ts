import { type ErrorCode, type ErrorData, RolegateError, toErrorData } from '../../src-shared/errors.ts';
import type { Log } from '../log.ts';

/** HTTP status of each kind of error; what matters to clients is the error data in the body. */
const statuses: Record<ErrorCode, number> = {
  bad_input: 400,
  not_found: 404,
  access_denied: 403,
  needs_login: 401,
  needs_code: 401,
  session_expired: 410,
  conflict: 409,
  unavailable: 503,
  limit: 413,
  aws: 502,
  cancelled: 499,
  internal: 500,
};

/** What a client gets for anything thrown: a status and error data. Faults of ours are logged, never shown. */
export function toHttpError(thrown: unknown, log: Log): { status: number; body: { error: ErrorData } } {
  const error = toErrorData(fromFramework(thrown));
  if (error.code === 'internal' && !(thrown instanceof RolegateError)) {
    log.error('A request failed for a reason of ours.', { reason: String((thrown as Error)?.stack ?? thrown) });
  }
  return { status: statuses[error.code], body: { error } };
}

/** The framework refuses what it cannot read before any route runs; that is the client's fault, not ours. */
function fromFramework(error: unknown): unknown {
  const { statusCode, code } = (error ?? {}) as { statusCode?: number; code?: string };
  if (error instanceof RolegateError || statusCode === undefined || statusCode >= 500) return error;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new RolegateError('limit', 'The request is too large.');
  return new RolegateError('bad_input', 'The request cannot be read.');
}
