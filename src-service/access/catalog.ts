import { type RoleArn, requireRoleArn } from '../../src-shared/aws/arn.ts';
import type { AppInfo, IamRole } from '../../src-shared/contracts/service-api.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import type { Resources } from '../config/load-resources.ts';
import type { Role, User } from '../config/resources.ts';
import type { AppConfig } from '../options.ts';
import { assumableRoles, decide } from './decision.ts';

const defaultSessionTtl = 12 * 3_600_000;

/** Answers who may use what, from the resources and the apps that are configured. */
export interface Catalog {
  /** @throws RolegateError `access_denied` when there is no such user (any more). */
  requireUser(name: string): User;
  /** The apps with the IAM roles that the user may assume through each. */
  appsOf(user: User): AppInfo[];
  /**
   * The app and the role, if the user may assume it.
   *
   * @throws RolegateError `not_found` for no such app, `bad_input` for no ARN, `access_denied` with the rule that said no
   */
  authorise(user: User, appName: string, roleArn: string): { app: AppConfig; role: RoleArn };
  /** How long a login of this user lasts, in milliseconds: the shortest that any of the user's roles says. */
  sessionTtl(user: User): number;
}

export function createCatalog(resources: Resources, apps: readonly AppConfig[], region: string): Catalog {
  // Decisions depend on the resources alone, and those do not change while the service runs.
  const decisions = new Map<string, ReturnType<typeof decide>>();

  function decideOnce(user: User, app: AppConfig, roleArn: string) {
    const key = JSON.stringify([user.name, app.name, roleArn]);
    const known = decisions.get(key);
    if (known) return known;
    const decision = decide({ user, roles: resources.roles, app, roleArn });
    if (decisions.size > 10_000) decisions.clear();
    decisions.set(key, decision);
    return decision;
  }

  return {
    requireUser(name) {
      const user = resources.users.get(name);
      if (user) return user;
      throw new RolegateError('access_denied', `There is no user ${name} any more.`);
    },

    appsOf(user) {
      return apps.map((app) => ({
        name: app.name,
        description: app.description,
        uri: app.uri,
        labels: { ...app.labels },
        region,
        roles: assumableRoles({ user, roles: resources.roles, app }).map(toIamRole),
      }));
    },

    authorise(user, appName, roleArn) {
      const app = apps.find((one) => one.name === appName);
      if (!app) throw new RolegateError('not_found', `There is no app named ${appName}.`);
      const role = requireRoleArn(roleArn);
      const decision = decideOnce(user, app, roleArn);
      if (!decision.allowed) {
        throw new RolegateError('access_denied', `${user.name} may not assume ${roleArn} through ${app.name}.`, {
          hint: decision.because,
        });
      }
      return { app, role };
    },

    sessionTtl(user) {
      const limits = user.roles
        .map((name): Role | undefined => resources.roles.get(name))
        .map((role) => role?.maxSessionTtl ?? Number.POSITIVE_INFINITY);
      return Math.min(defaultSessionTtl, ...limits);
    },
  };
}

export function toIamRole({ arn, name, path, accountId, partition }: RoleArn): IamRole {
  return { arn, name, path, accountId, partition };
}
