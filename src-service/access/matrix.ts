import type { AppConfig } from '../options.ts';
import { assumablePatterns, assumableRoles, decide } from './decision.ts';
import { type Lock, lockAgainst } from './locks.ts';
import type { AccessGrant } from './requests.ts';
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
  /** When it ends, where it stands on a request that was approved. */
  until?: number;
}

interface MatrixResources {
  roles(): Roles;
  users(): ReadonlyMap<string, User>;
  apps(): ReadonlyMap<string, AppConfig>;
  locks(): readonly Lock[];
  accessGrants(): ReadonlyMap<string, readonly AccessGrant[]>;
}

/** Who may assume what, by user, app and IAM role. */
export function matrixOf(
  resources: MatrixResources,
  only: { user?: string | undefined; app?: string | undefined },
  now: number,
): MatrixRow[] {
  const users = [...resources.users().values()].filter(({ name }) => only.user === undefined || name === only.user);
  const apps = [...resources.apps().values()].filter(({ name }) => only.app === undefined || name === only.app);
  return users
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((user) => apps.flatMap((app) => rowsOf(user, app, resources, now)));
}

function rowsOf(user: User, app: AppConfig, resources: MatrixResources, now: number): MatrixRow[] {
  const [roles, locks] = [resources.roles(), resources.locks()];
  const requests = resources.accessGrants().get(user.name) ?? [];
  const lockOn = (roleArn: string) => {
    const lock = lockAgainst({ user, app, roleArn }, locks, now);
    return lock ? { lock: lock.name } : {};
  };
  const named = assumableRoles({ user, roles, app, requests }).flatMap(({ arn: roleArn }): MatrixRow[] => {
    const decision = decide({ user, roles, app, roleArn, requests });
    if (!decision.allowed) return [];
    const { rule, options, grant } = decision;
    return [
      {
        user: user.name,
        app: app.name,
        roleArn,
        isPattern: false,
        role: rule.role,
        readOnly: options.readOnly,
        ...(grant && { until: grant.expiresAt }),
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
