import type { SignedHead } from '../../src-shared/audit/statement.ts';
import type { Refusal } from '../../src-shared/aws/error-shape.ts';

/** What happened, who did it and how it ended. Bodies, item values, keys and tokens are never part of an event. */
export interface AuditEvent {
  /** `login.succeeded`, `app_session.started`, `aws.request`, … */
  event: string;
  /** Milliseconds since the epoch; written as ISO 8601. */
  time: number;
  user: string;
  /** Whether what was tried was done. */
  success: boolean;
  /** Why not. */
  reason?: string | undefined;
  /** The kind of the reason, of a request that a gateway has refused. */
  refusal?: Refusal | undefined;
  /** How many more like this one there were since the last that was written down. */
  omitted?: number | undefined;
  app?: string | undefined;
  roleArn?: string | undefined;
  appSessionId?: string | undefined;
  requestId?: string | undefined;
  /** The chained role (or S3 Express session) that a request was made with, or that came about. */
  chainId?: string | undefined;
  /** The chained role with which another one was assumed. */
  parentChainId?: string | undefined;
  /** What was assumed: a role's ARN, or the host of an S3 Express bucket. */
  target?: string | undefined;
  aws?: AwsRequestDetails | undefined;
  /** A document that was changed, without its secrets. */
  resource?: ResourceDetails | undefined;
  /** Whose session, password or lock it was, where that is not the one who acted. */
  subject?: string | undefined;
  /** The sign-on connector by which somebody came: `oidc/okta`. */
  connector?: string | undefined;
  /** A statement of the service on the log itself. */
  signed?: SignedHead | undefined;
}

/** Of a request that a gateway has refused, what it could read. */
export interface AwsRequestDetails {
  service: string | undefined;
  /** The action, as IAM policies write it (`dynamodb:Scan`, `sts:AssumeRole`), where the request tells. */
  action?: string | undefined;
  /** The table, bucket, function… that it is about, by name, where the request tells. */
  resource?: string | undefined;
  region: string | undefined;
  host: string | undefined;
  status?: number | undefined;
  /** AWS's own id of the request. */
  requestId?: string | undefined;
  /** Milliseconds until the answer had passed, or broke off. */
  duration?: number | undefined;
  /** AWS's error code, where AWS answered with an error. */
  errorCode?: string | undefined;
  /** Size of the request's body. */
  bytesIn?: number | undefined;
  /** Size of the answer's body, as far as it went on. */
  bytesOut?: number | undefined;
}

export interface ResourceDetails {
  kind: string;
  name: string;
  before?: unknown;
  after?: unknown;
}

/** Where audit events go. */
export interface AuditSink {
  /** Takes an event; it is in the store within a second. */
  record(event: AuditEvent): void;
  /**
   * Takes an event of something that is acknowledged only with its event: it is in the store when this resolves.
   *
   * @throws RolegateError `unavailable` when it cannot be written
   */
  recordDurably(event: AuditEvent): Promise<void>;
  /**
   * To be asked before something is done that will make an event: resolves once there is room for it. Under overload
   * that takes a while: requests become slower, no event is dropped.
   *
   * @throws RolegateError `unavailable` while the store cannot be written, unless requests are to go on then
   */
  room(): Promise<void> | undefined;
  /** Writes what is still on its way. */
  close(): Promise<void>;
}
