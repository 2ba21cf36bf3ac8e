import { z } from 'zod';
import { line, timestamp } from './common.ts';
import { iamRole } from './service-api.ts';

/** Asking for access: what an app-service and its clients say to each other about it. */

export const accessRequestState = z.enum(['pending', 'approved', 'denied', 'withdrawn', 'expired']);
export type AccessRequestState = z.infer<typeof accessRequestState>;

const requestId = z.string().min(1).max(256);
/** Why somebody asks, or decides as they do. */
const reason = line.trim().max(1_000);
const duration = z.number().int().positive();

export const accessRequest = z.strictObject({
  id: line.max(256),
  user: line.max(256),
  app: line.max(64),
  role: iamRole,
  reason: line,
  /** For how long, in milliseconds from the approval on. */
  duration,
  createdAt: timestamp,
  state: accessRequestState,
  /** When a pending one lapses, and when the access of an approved one ends. */
  expiresAt: timestamp,
  resolvedBy: line.max(256).optional(),
  resolvedAt: timestamp.optional(),
  resolveReason: line.optional(),
  /** Whether it is the asking user's own. */
  isMine: z.boolean(),
  /** Whether the asking user may decide on it; nobody may on their own. */
  mayReview: z.boolean(),
});
export type AccessRequest = z.infer<typeof accessRequest>;

export const accessRequestList = z.strictObject({
  /** Pending ones first, and the newest first among those of a state. */
  requests: z.array(accessRequest),
  /** How many older ones there are beside these. */
  omitted: z.number().int().nonnegative(),
});
export type AccessRequestList = z.infer<typeof accessRequestList>;

export const createAccessRequest = z.strictObject({
  app: z.string().max(64),
  roleArn: z.string().max(700),
  reason: reason.min(1, 'Say why you need it.'),
  duration,
});
export type CreateAccessRequest = z.infer<typeof createAccessRequest>;

export const resolveAccessRequest = z.strictObject({
  id: requestId,
  decision: z.enum(['approve', 'deny']),
  reason: reason.optional(),
});
export type ResolveAccessRequest = z.infer<typeof resolveAccessRequest>;

export const withdrawAccessRequest = z.strictObject({ id: requestId });
export type WithdrawAccessRequest = z.infer<typeof withdrawAccessRequest>;

/** Asking for access. Every method takes a login's token and rejects with a RolegateError. */
export interface RequestsApi {
  /** The user's own requests, and those that the user may decide on or may list. */
  accessRequests(token: string): Promise<AccessRequestList>;
  createAccessRequest(token: string, request: CreateAccessRequest): Promise<AccessRequest>;
  /** Approves or denies somebody else's pending request. */
  resolveAccessRequest(token: string, request: ResolveAccessRequest): Promise<AccessRequest>;
  /** Takes back one's own pending request, or gives back the access before its time. */
  withdrawAccessRequest(token: string, request: WithdrawAccessRequest): Promise<AccessRequest>;
}
