import type { Refusal } from '../../src-shared/aws/error-shape.ts';
import type { ErrorCode } from '../../src-shared/errors.ts';
import { RolegateError, toErrorData } from '../../src-shared/errors.ts';

/** A request that is not let through, in words for the person whose tool sent it. */
export class RefusedRequest extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal, message: string) {
    super(message);
    this.refusal = refusal;
  }
}

/** How AWS would call each of our errors. */
const refusals: Record<ErrorCode, Refusal> = {
  bad_input: 'invalid_request',
  not_found: 'invalid_request',
  access_denied: 'access_denied',
  needs_login: 'expired_token',
  needs_code: 'access_denied',
  session_expired: 'expired_token',
  conflict: 'invalid_request',
  unavailable: 'service_unavailable',
  limit: 'request_too_large',
  aws: 'access_denied',
  cancelled: 'service_unavailable',
  internal: 'internal',
};

/** What to tell a tool about anything that went wrong with its request. */
export function toRefusal(thrown: unknown): { refusal: Refusal; message: string } {
  if (thrown instanceof RefusedRequest) return { refusal: thrown.refusal, message: thrown.message };
  const { code, message, hint } = toErrorData(thrown);
  const text = thrown instanceof RolegateError && hint !== undefined ? `${message} ${hint}` : message;
  return { refusal: refusals[code], message: `Rolegate: ${text}` };
}
