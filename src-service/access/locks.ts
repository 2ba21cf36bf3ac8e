import type { AppTarget } from './decision.ts';
import type { User } from './role.ts';

/** Keeps out whoever it names, whatever roles say. All that it names must be so at once. */
export interface Lock {
  name: string;
  target: { user?: string; role?: string; app?: string; aws_role_arn?: string };
  message?: string;
  /** Milliseconds since the epoch. */
  expiresAt?: number;
}

/** What a lock is compared with: a login alone, or a login that uses an app and an IAM role. */
export interface LockQuestion {
  user: Pick<User, 'name' | 'roles'>;
  app?: Pick<AppTarget, 'name'>;
  roleArn?: string;
}

/** The first lock in force. A lock on a role keeps out everybody who has it, from everything. */
export function lockAgainst(
  { user, app, roleArn }: LockQuestion,
  locks: Iterable<Lock>,
  now: number,
): Lock | undefined {
  for (const lock of locks) {
    if (lock.expiresAt !== undefined && lock.expiresAt <= now) continue;
    const { target } = lock;
    const isHit =
      (target.user === undefined || target.user === user.name) &&
      (target.role === undefined || user.roles.includes(target.role)) &&
      (target.app === undefined || target.app === app?.name) &&
      (target.aws_role_arn === undefined || target.aws_role_arn === roleArn);
    if (isHit && Object.values(target).some((value) => value !== undefined)) return lock;
  }
  return undefined;
}

/** A lock in words, for the person who is kept out: `The user bob is locked: stolen laptop.` */
export function lockReason({ target, message = '' }: Lock): string {
  const words = [
    target.user === undefined ? [] : `the user ${target.user}`,
    target.role === undefined ? [] : `the role ${target.role}`,
    target.app === undefined ? [] : `the app ${target.app}`,
    target.aws_role_arn === undefined ? [] : 'this IAM role',
  ].flat();
  const subject = words.join(' with ');
  const why = message === '' ? 'by an administrator' : message.replace(/[.\s]+$/, '');
  return `${subject.charAt(0).toUpperCase()}${subject.slice(1)} is locked${message === '' ? ' ' : ': '}${why}.`;
}
