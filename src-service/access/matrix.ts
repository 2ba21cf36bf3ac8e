import type { AppConfig } from '../options.ts';
import { assumablePatterns, assumableRoles, decide } from './decision.ts';
import { type Lock, lockAgainst } from './locks.ts';
import type { Roles, User } from './role.ts';

/** That a user may assume an IAM role (or those that a pattern stands for) through an app. */
export interface MatrixRow {
  user: string;
  app: string;
  /** An ARN, or a pattern of ARNs. */
  roleArn: string;
  isPattern: boolean;
  /** The role that allows it; the first, where several do. */
  role: string;
  readOnly: boolean;
  /** The lock that keeps the user out for now, although roles allow it. */
  lock?: string;
}

interface MatrixResources {
  roles(): Roles;
  users(): ReadonlyMap<string, User>;
  apps(): ReadonlyMap<string, AppConfig>;
  locks(): readonly Lock[];
}

/** Who may assume what, by user, app and IAM role. */
export function matrixOf(
  resources: MatrixResources,
  only: { user?: string | undefined; app?: string | undefined },
  now: number,
): MatrixRow[] {
  const roles = resources.roles();
  const users = [...resources.users().values()].filter(({ name }) => only.user === undefined || name === only.user);
  const apps = [...resources.apps().values()].filter(({ name }) => only.app === undefined || name === only.app);
  return users
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((user) => apps.flatMap((app) => rowsOf(user, app, roles, resources.locks(), now)));
}

function rowsOf(user: User, app: AppConfig, roles: Roles, locks: readonly Lock[], now: number): MatrixRow[] {
  const lockOn = (roleArn: string) => {
    const lock = lockAgainst({ user, app, roleArn }, locks, now);
    return lock ? { lock: lock.name } : {};
  };
  const named = assumableRoles({ user, roles, app }).flatMap(({ arn: roleArn }): MatrixRow[] => {
    const decision = decide({ user, roles, app, roleArn });
    if (!decision.allowed) return [];
    const { rule, options } = decision;
    return [
      {
        user: user.name,
        app: app.name,
        roleArn,
        isPattern: false,
        role: rule.role,
        readOnly: options.readOnly,
        ...lockOn(roleArn),
      },
    ];
  });
  const patterns = assumablePatterns({ user, roles, app }).map(({ pattern, role }): MatrixRow => {
    const readOnly = role.options.readOnly;
    const row = { user: user.name, app: app.name, roleArn: pattern, isPattern: true, role: role.name, readOnly };
    return { ...row, ...lockOn(pattern) };
  });
  return [...named, ...patterns];
}
