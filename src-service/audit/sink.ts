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
}

export interface AwsRequestDetails {
  service: string;
  /** The action, as IAM policies write it (`dynamodb:Scan`, `sts:AssumeRole`), where the request tells. */
  action?: string | undefined;
  /** The table, bucket, function… that it is about, by name, where the request tells. */
  resource?: string | undefined;
  region: string;
  host: string;
  status?: number | undefined;
  /** AWS's own id of the request. */
  requestId?: string | undefined;
  /** Milliseconds until the answer began. */
  duration?: number | undefined;
}

/** Where audit events go. */
export interface AuditSink {
  /** Takes an event; it is on its way to the disk when this returns. */
  record(event: AuditEvent): void;
  /** Writes what is still on its way. */
  close(): Promise<void>;
}
