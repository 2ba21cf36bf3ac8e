import { z } from 'zod';
import { consoleFragment } from '../aws/console-page.ts';
import { accountId, authenticatorCode, id, line, regionName, timestamp } from './common.ts';
import { signInOffer } from './sign-on-api.ts';

/**
 * What an app-service and its clients say to each other over `/v1`. Both ends parse with these schemas: the service
 * because it trusts no client, the client because it trusts no service.
 */

/** The oldest and the current version of this API that this build speaks. */
export const apiVersion = 1;

export const serviceInfo = z.strictObject({
  cluster: line.min(1).max(128),
  version: line.max(64),
  /** Clients older than this are refused. */
  minClientVersion: line.max(64),
  api: z.literal(apiVersion),
  /** The demo users of a sandbox, whose passwords are no secret; absent everywhere else. */
  sandbox: z
    .strictObject({
      users: z.array(z.strictObject({ user: line, password: line })),
      /** Where the sandbox's console answers, the only plain-http page that may be opened. */
      consoleOrigin: z.string().regex(/^http:\/\/127\.0\.0\.1:\d{1,5}$/),
    })
    .optional(),
  /** What the login screen offers; absent from services that know passwords only. */
  signIn: signInOffer.optional(),
});
export type ServiceInfo = z.infer<typeof serviceInfo>;

export const loginRequest = z.strictObject({
  user: z.string().min(1).max(256),
  password: z.string().min(1).max(1024),
  /** Of the authenticator app, for those who have one. */
  code: authenticatorCode.optional(),
});
export type LoginRequest = z.infer<typeof loginRequest>;

export const userInfo = z.strictObject({
  name: line.min(1).max(256),
  roles: z.array(line.max(256)).max(1000),
  traits: z.record(line.max(256), z.array(line)),
  cluster: line.max(128),
  /** When the login ends. */
  validUntil: timestamp,
});
export type UserInfo = z.infer<typeof userInfo>;

export const loginGrant = z.strictObject({
  /** An opaque bearer token; the service keeps only its hash. */
  token: z.string().regex(/^[A-Za-z0-9_-]{43,128}$/),
  user: userInfo,
});
export type LoginGrant = z.infer<typeof loginGrant>;

export const iamRole = z.strictObject({
  arn: line.max(700),
  name: line.max(64),
  path: line.max(512),
  accountId,
  partition: line.max(32),
});
export type IamRole = z.infer<typeof iamRole>;

export const appInfo = z.strictObject({
  name: z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/),
  description: line,
  uri: line,
  labels: z.record(line.max(256), line.max(1024)),
  /** Where the app's sessions begin; a user may go to any other region. */
  region: regionName,
  /** Roles that this user may assume through this app. */
  roles: z.array(iamRole),
  /** Patterns of further roles, which can be asked for by their ARN (`arn:aws:iam::123456789012:role/team-*`). */
  rolePatterns: z.array(line.max(700)).max(1000).optional(),
  /** Roles that this user does not have and may ask for, each with the longest time in milliseconds. */
  requestable: z
    .array(z.strictObject({ role: iamRole, maxDuration: timestamp }))
    .max(1000)
    .optional(),
});
export type AppInfo = z.infer<typeof appInfo>;

export const appSessionRequest = z.strictObject({
  app: z.string().max(64),
  roleArn: z.string().max(700),
  /** Of the authenticator app, where a role wants one at the start of each session. */
  code: authenticatorCode.optional(),
});
export type AppSessionRequest = z.infer<typeof appSessionRequest>;

export const appSessionGrant = z.strictObject({
  id,
  app: line.max(64),
  role: iamRole,
  region: regionName,
  startedAt: timestamp,
  expiresAt: timestamp,
  /** Whether a role of the user's lets it read only; the app-service holds it to that, and so does the client. */
  readOnly: z.boolean().default(false),
});
export type AppSessionGrant = z.infer<typeof appSessionGrant>;

export const consoleRequest = z.strictObject({
  region: regionName.optional(),
  /** A page of the console, from its root: `dynamodbv2/home`. Never a host. */
  page: z
    .string()
    .max(1024)
    .regex(/^[A-Za-z0-9][A-Za-z0-9/_-]*$/)
    .optional(),
  /** What of that page, behind its `#`. */
  fragment: z.string().max(16_384).regex(consoleFragment).optional(),
});
export type ConsoleRequest = z.infer<typeof consoleRequest>;

export const consoleGrant = z.strictObject({
  /** Signs in whoever opens it first, once. */
  url: z.string().max(16_384),
  expiresAt: timestamp,
  /** When whoever it signs in is signed out by AWS. Nobody can end it before. */
  signedInUntil: timestamp,
});
export type ConsoleGrant = z.infer<typeof consoleGrant>;

/** What a service tells of a login while it is watched. */
export const serviceEvent = z.discriminatedUnion('event', [
  /** A sign of life. */
  z.strictObject({ event: z.literal('alive') }),
  /** What one may do may have changed: roles, apps, requests for access. */
  z.strictObject({ event: z.literal('access_changed') }),
  /** The login is over; nothing comes after this. */
  z.strictObject({ event: z.literal('login_ended'), message: line, hint: line.optional() }),
  z.strictObject({ event: z.literal('app_session_ended'), id, reason: line }),
]);
export type ServiceEvent = z.infer<typeof serviceEvent>;

const header = z.tuple([z.string().max(256), z.string().max(65_536)]);
const wireText = z.string().max(65_536);

/** An `AwsCall` without its body, as it stands at the head of a forwarded request. */
export const forwardHead = z.strictObject({
  requestId: id,
  appSessionId: id,
  chainId: id.optional(),
  method: z.string().regex(/^[A-Z]{1,16}$/),
  path: wireText.startsWith('/'),
  query: wireText,
  presignedFor: z.number().int().min(1).max(604_800).optional(),
  headers: z.array(header).max(256),
  signedHeaders: z.array(z.string().max(256)).max(256),
  service: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/),
  region: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/),
  host: z.string().max(253),
  payloadHash: z
    .string()
    .regex(/^[0-9a-f]{64}$|^[A-Z0-9-]{1,64}$/)
    .optional(),
  hasBody: z.boolean(),
  /** Whether trailers follow the body. */
  hasTrailers: z.boolean().optional(),
});
export type ForwardHead = z.infer<typeof forwardHead>;

/** An `AwsReply` without its body. */
export const replyHead = z.strictObject({
  status: z.number().int().min(100).max(599),
  headers: z.array(header).max(512),
  chain: z
    .strictObject({
      id,
      accessKeyId: z.string().regex(/^RG[A-Z2-7]{18}$/),
      secretAccessKey: z.string().min(22).max(128),
      sessionToken: z.string().min(22).max(4096),
      expiresAt: timestamp,
    })
    .optional(),
});
export type ReplyHead = z.infer<typeof replyHead>;
