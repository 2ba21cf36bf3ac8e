/**
 * The one kind of error that crosses Rolegate's borders (IPC, WebSocket, control socket, service API).
 * A person reads `message` and `hint`; code reads `code`, `retryable` and `needsLogin`.
 */
export const errorCodes = [
  'bad_input',
  'not_found',
  'access_denied',
  'needs_login',
  /** The same again with a code of the authenticator app. */
  'needs_code',
  'session_expired',
  'conflict',
  'unavailable',
  'limit',
  'aws',
  'cancelled',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** An error as plain data: what is left of a RolegateError once it has crossed a border. */
export interface ErrorData {
  code: ErrorCode;
  /** One sentence that says what was wrong. */
  message: string;
  /** What to do about it, where there is something to do. */
  hint?: string | undefined;
  /** True when the same call may succeed later without anything being changed. */
  retryable: boolean;
  /** True when logging in (again) is the way out. */
  needsLogin: boolean;
  /** The AWS error code (`AccessDeniedException`), where AWS answered. */
  awsCode?: string | undefined;
  /** The request id that finds the audit event. */
  requestId?: string | undefined;
}

export interface ErrorDetails {
  hint?: string | undefined;
  retryable?: boolean;
  awsCode?: string | undefined;
  requestId?: string | undefined;
  cause?: unknown;
}

/** An error whose message is a sentence for the person who reads it, never a stack or a code. */
export class RolegateError extends Error {
  override readonly name = 'RolegateError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly retryable: boolean;
  readonly awsCode: string | undefined;
  readonly requestId: string | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
    this.retryable = details.retryable ?? code === 'unavailable';
    this.awsCode = details.awsCode;
    this.requestId = details.requestId;
  }

  get needsLogin(): boolean {
    return this.code === 'needs_login' || this.code === 'session_expired';
  }

  toData(): ErrorData {
    return {
      code: this.code,
      message: this.message,
      ...(this.hint !== undefined && { hint: this.hint }),
      retryable: this.retryable,
      needsLogin: this.needsLogin,
      ...(this.awsCode !== undefined && { awsCode: this.awsCode }),
      ...(this.requestId !== undefined && { requestId: this.requestId }),
    };
  }

  static fromData(data: ErrorData): RolegateError {
    return new RolegateError(data.code, data.message, data);
  }
}

/**
 * Turns anything thrown into error data. What is not a RolegateError is a fault of ours: its text may hold
 * anything (paths, keys, items), so only a plain sentence crosses; the caller logs the original.
 */
export function toErrorData(thrown: unknown): ErrorData {
  if (thrown instanceof RolegateError) return thrown.toData();
  return {
    code: 'internal',
    message: 'Something went wrong inside Rolegate.',
    hint: 'Try again. If it happens again, the log has the details.',
    retryable: true,
    needsLogin: false,
  };
}
