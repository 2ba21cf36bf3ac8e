import type { ResourceInfo } from '../../../src-shared/contracts/admin-api.ts';

type Document = ResourceInfo['document'];

/** A text that may be written, as calls take it. JSON is YAML too, and nothing in it needs to be escaped by us. */
export function asText(document: Document): string {
  return JSON.stringify(document, null, 2);
}

/** A new user. */
export function newUser(name: string, roles: readonly string[]): Document {
  return { kind: 'user', version: 'v2', metadata: { name }, spec: { roles: [...roles], traits: {} } };
}

/** What a lock keeps out; all that is named must be so at once. */
export type LockTarget = Partial<Record<'user' | 'role' | 'app' | 'aws_role_arn', string>>;

/** A lock. @param expiresAt milliseconds since the epoch */
export function newLock(name: string, target: LockTarget, message: string, expiresAt: number | undefined): Document {
  return {
    kind: 'lock',
    version: 'v2',
    metadata: { name },
    spec: {
      target,
      ...(message !== '' && { message }),
      ...(expiresAt !== undefined && { expires: new Date(expiresAt).toISOString() }),
    },
  };
}

/** What a lock's document says. */
export interface LockView {
  name: string;
  target: LockTarget;
  message: string;
  expiresAt: number | undefined;
  /** Where it comes from; only stored ones can be removed. */
  origin: ResourceInfo['origin'];
}

export function lockView({ document, origin }: ResourceInfo): LockView {
  const {
    target = {},
    message,
    expires,
  } = document.spec as {
    target?: LockTarget;
    message?: string;
    expires?: string;
  };
  return {
    name: String(document.metadata['name']),
    target,
    message: message ?? '',
    expiresAt: expires === undefined ? undefined : Date.parse(expires),
    origin,
  };
}

/** Whether a lock keeps out this user, and nobody and nothing else. */
export function locksOnly({ target }: LockView, user: string): boolean {
  return target.user === user && Object.keys(target).length === 1;
}

/** Whether a lock is over. It stays in the list until somebody takes it away. */
export function isOver({ expiresAt }: LockView, now: number): boolean {
  return expiresAt !== undefined && expiresAt <= now;
}

/** What a user's document says. */
export interface UserView {
  name: string;
  roles: readonly string[];
  traits: Readonly<Record<string, readonly string[]>>;
  info: ResourceInfo;
}

export function userView(info: ResourceInfo): UserView {
  const { roles = [], traits = {} } = info.document.spec as {
    roles?: string[];
    traits?: Record<string, string[]>;
  };
  return { name: String(info.document.metadata['name']), roles, traits, info };
}
