import { z } from 'zod';
import { line, timestamp } from './common.ts';
import type { ReviewApi } from './review-api.ts';

/**
 * What administrators and auditors ask of an app-service. Like the rest of its API, both ends parse: what comes from
 * a service may end up in a terminal, so texts that stand on one line hold no control characters.
 */

/** Text of several lines, still without what a terminal would act upon. */
const printable = z
  .string()
  .max(400_000)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is kept out.
  .regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]*$/, 'Control characters are not allowed here.');

const json: z.ZodType<unknown> = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number(), printable, z.array(json), z.record(line, json)]),
);

/** A kind of resource, as people write it: `role`, `roles`. Which there are, the service knows. */
const kindText = z.string().min(1).max(64);
const resourceName = z.string().min(1).max(256);

export const resourceInfo = z.strictObject({
  document: z.strictObject({
    kind: line.max(64),
    version: line.max(16),
    metadata: z.record(line, json),
    spec: z.record(line, json),
  }),
  /** Whether it came with the program, is stored, or comes from a file of the service's operator. */
  origin: z.enum(['default', 'stored', 'static']),
  file: line.optional(),
  /** Why a stored document cannot be used. */
  unreadable: line.optional(),
});
export type ResourceInfo = z.infer<typeof resourceInfo>;

export const showResourcesRequest = z.strictObject({
  kind: kindText,
  name: resourceName.optional(),
  withSecrets: z.boolean().optional(),
  /** Go on after what the page before gave as `next`. */
  after: z.string().max(256).optional(),
});
export type ShowResourcesRequest = z.infer<typeof showResourcesRequest>;

export const resourcePage = z.strictObject({
  resources: z.array(resourceInfo),
  /** Where to go on; absent at the end. Opaque. */
  next: z.string().optional(),
});
export type ResourcePage = z.infer<typeof resourcePage>;

export const maxResourceText = 1024 * 1024;

export const writeResourcesRequest = z.strictObject({
  files: z
    .array(z.strictObject({ file: z.string().max(1024), text: z.string().max(maxResourceText) }))
    .min(1)
    .max(100),
  mode: z.enum(['create', 'update', 'upsert']),
});
export type WriteResourcesRequest = z.infer<typeof writeResourcesRequest>;

export const writtenResource = z.strictObject({
  kind: line.max(64),
  name: line.max(256),
  action: z.enum(['created', 'updated', 'unchanged']),
});
export type WrittenResource = z.infer<typeof writtenResource>;

export const deleteResourceRequest = z.strictObject({
  kind: kindText,
  name: resourceName,
  revision: z.string().max(256).optional(),
});
export type DeleteResourceRequest = z.infer<typeof deleteResourceRequest>;

export const explainRequest = z.strictObject({
  user: resourceName,
  app: z.string().max(64),
  roleArn: z.string().max(700),
});
export type ExplainRequest = z.infer<typeof explainRequest>;

const duration = z.number().int().nonnegative();

export const sessionOptions = z.strictObject({
  readOnly: z.boolean(),
  sessionTags: z.record(line, line),
  sourceIdentity: line.optional(),
  chainedRoles: z.enum(['deny', 'listed', 'allow']),
  customerHosts: z.array(z.string()).readonly(),
  credentialCalls: z.boolean(),
  maxSessionTtl: duration.optional(),
  requireSessionMfa: z.boolean(),
});

export const accessExplanation = z.strictObject({
  decision: z.strictObject({
    allowed: z.boolean(),
    because: line,
    rule: z
      .strictObject({
        role: line,
        side: z.enum(['allow', 'deny']),
        field: z.enum(['app_labels', 'aws_role_arns', 'options', 'role', 'request']),
        entry: line.optional(),
      })
      .optional(),
    options: sessionOptions.optional(),
  }),
  roles: z.array(
    z.strictObject({
      role: line,
      appMatches: z.boolean(),
      arnEntry: line.optional(),
      denyEntry: line.optional(),
      deniesApp: z.boolean(),
      dropped: z.array(line),
    }),
  ),
  missingRoles: z.array(line),
  /** The roles that let the user ask for this IAM role, where nothing allows it yet. */
  requestableBy: z.array(line).optional(),
});
export type AccessExplanation = z.infer<typeof accessExplanation>;

export const matrixRequest = z.strictObject({
  user: resourceName.optional(),
  app: z.string().max(64).optional(),
  /** Go on after this user. */
  after: z.string().max(256).optional(),
});
export type MatrixRequest = z.infer<typeof matrixRequest>;

export const matrixRow = z.strictObject({
  user: line,
  app: line,
  roleArn: line,
  isPattern: z.boolean(),
  role: line,
  readOnly: z.boolean(),
  lock: line.optional(),
  /** When it ends, where it stands on a request that was approved. */
  until: timestamp.optional(),
});
export type MatrixRow = z.infer<typeof matrixRow>;

export const matrixPage = z.strictObject({
  rows: z.array(matrixRow),
  /** The user to go on after; absent at the end. */
  next: z.string().optional(),
});
export type MatrixPage = z.infer<typeof matrixPage>;

export const auditQuery = z.strictObject({
  filter: z.strictObject({
    user: z.string().max(256).optional(),
    role: z.string().max(700).optional(),
    service: z.string().max(64).optional(),
    action: z.string().max(128).optional(),
    resource: z.string().max(1024).optional(),
    event: z.string().max(64).optional(),
    success: z.boolean().optional(),
    request: z.string().max(256).optional(),
    from: timestamp.optional(),
    until: timestamp.optional(),
  }),
  order: z.enum(['newest', 'oldest']),
  limit: z.number().int().min(1).max(1000),
  /** Go on after this event, in this order. */
  after: z.number().int().nonnegative().optional(),
});
export type AuditQuery = z.infer<typeof auditQuery>;

export const auditPage = z.strictObject({
  /** Lines of the log as they are: JSON, each with its place in the chain. */
  lines: z.array(z.string().max(400_000)),
  /** Where to go on; absent at the end. */
  next: z.number().int().nonnegative().optional(),
});
export type AuditPage = z.infer<typeof auditPage>;

/** What the service says of the end of its log, signed; kept elsewhere it is an anchor. */
export const auditHead = z.strictObject({
  cluster: line.max(256),
  seq: z.number().int().nonnegative(),
  hash: z.string().regex(/^[\w-]{43}$/),
  time: z.iso.datetime(),
  publicKey: z.string().regex(/^[\w-]{32,128}$/),
  signature: z.string().regex(/^[\w-]{64,128}$/),
});
export type AuditHead = z.infer<typeof auditHead>;

/** Ids of logins and app sessions in hex, of which the beginning is enough. */
const hexId = z.string().regex(/^[0-9a-f]{16,64}$/);

export const loginInfo = z.strictObject({
  id: hexId,
  user: line.max(256),
  startedAt: timestamp,
  usedAt: timestamp.optional(),
  expiresAt: timestamp,
  appSessions: z.array(z.strictObject({ id: hexId, app: line.max(64), roleArn: line.max(700), startedAt: timestamp })),
});
export type LoginInfo = z.infer<typeof loginInfo>;

export const loginsRequest = z.strictObject({ user: resourceName.optional() });
export type LoginsRequest = z.infer<typeof loginsRequest>;

export const loginList = z.strictObject({
  /** The newest first. */
  logins: z.array(loginInfo),
  /** How many older ones there are beside these. */
  omitted: z.number().int().nonnegative(),
});
export type LoginList = z.infer<typeof loginList>;

export const endSessionsRequest = z.union([
  z.strictObject({ id: z.string().regex(/^[0-9a-f]{4,64}$/, 'An id has 4 digits at least.') }),
  z.strictObject({ user: resourceName }),
]);
export type EndSessionsRequest = z.infer<typeof endSessionsRequest>;

export const endedSessions = z.strictObject({ logins: z.number().int(), appSessions: z.number().int() });
export type EndedSessions = z.infer<typeof endedSessions>;

export const resetUserRequest = z.strictObject({
  user: resourceName,
  /** How long the invitation is good, in milliseconds. */
  lifetime: z
    .number()
    .int()
    .min(60_000)
    .max(48 * 3_600_000),
});
export type ResetUserRequest = z.infer<typeof resetUserRequest>;

export const invitation = z.strictObject({
  /** To be given to the user alone: whoever has it chooses the password. */
  token: z.string().regex(/^[\w-]{43}$/),
  expiresAt: timestamp,
});
export type Invitation = z.infer<typeof invitation>;

/** The administrators' half of an app-service. Every method takes a login's token and rejects with a RolegateError. */
export interface AdminApi extends ReviewApi {
  showResources(token: string, request: ShowResourcesRequest): Promise<ResourcePage>;
  writeResources(token: string, request: WriteResourcesRequest): Promise<WrittenResource[]>;
  deleteResource(token: string, request: DeleteResourceRequest): Promise<void>;
  explainAccess(token: string, request: ExplainRequest): Promise<AccessExplanation>;
  accessMatrix(token: string, request: MatrixRequest): Promise<MatrixPage>;
  queryAudit(token: string, query: AuditQuery): Promise<AuditPage>;
  auditHead(token: string): Promise<AuditHead>;
  logins(token: string, request: LoginsRequest): Promise<LoginList>;
  /** Takes away a user's password and authenticator, ends all logins, and lets the user choose a new password. */
  resetUser(token: string, request: ResetUserRequest): Promise<Invitation>;
  /** Ends a login or an app session by its id, or all logins of a user. */
  endSessions(token: string, request: EndSessionsRequest): Promise<EndedSessions>;
}
