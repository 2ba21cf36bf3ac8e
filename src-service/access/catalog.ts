import { type RoleArn, requireRoleArn } from '../../src-shared/aws/arn.ts';
import type { AppInfo, IamRole } from '../../src-shared/contracts/service-api.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import type { AppConfig } from '../options.ts';
import type { AuthPreference } from '../resources/kinds/auth-preference.ts';
import { decideChained } from './chained.ts';
import { assumablePatterns, assumableRoles, type Decision, decide, requestableRoles } from './decision.ts';
import { type Explanation, explain } from './explain.ts';
import { type Lock, lockAgainst, lockReason } from './locks.ts';
import { type MatrixRow, matrixOf } from './matrix.ts';
import type { AccessGrant } from './requests.ts';
import { type Roles, rolesOf, type User } from './role.ts';
import { type SessionOptions, shortestTtl } from './session-options.ts';

/** What decisions stand on, as it is now. A changed part is a new object. */
export interface AccessResources {
  roles(): Roles;
  users(): ReadonlyMap<string, User>;
  apps(): ReadonlyMap<string, AppConfig>;
  locks(): readonly Lock[];
  authPreference(): AuthPreference;
  /** Approved requests that are in force, by user. */
  accessGrants(): ReadonlyMap<string, readonly AccessGrant[]>;
}

/** What an app session may be used with: the app, its IAM role, and what holds for it. */
export interface Authorisation {
  app: AppConfig;
  role: RoleArn;
  options: SessionOptions;
  /** The request on which it stands, where no role allows it by itself. */
  grant?: AccessGrant | undefined;
}

/** Answers who may use what. Nothing here reads the store: resources are held in memory, and changes come in at once. */
export interface Catalog {
  /** @throws RolegateError `access_denied` when there is no such user (any more), or a lock keeps the user out. */
  requireUser(name: string): User;
  /** The apps with the IAM roles that the user may assume through each. */
  appsOf(user: User): AppInfo[];
  /**
   * The app, the role and the options of the session, if the user may assume it.
   *
   * @throws RolegateError `not_found` for no such app, `bad_input` for no ARN, `access_denied` with the rule that said no
   */
  authorise(user: User, appName: string, roleArn: string): Authorisation;
  /**
   * Whether the user may go on from an app session with `roleArn` to the IAM role `target`; see `decideChained`.
   *
   * @returns what holds for the chained session
   * @throws RolegateError as `authorise` does
   */
  authoriseChained(user: User, appName: string, roleArn: string, target: string): Authorisation;
  /** How long a login of this user lasts, in milliseconds: the shortest that any of the user's roles says. */
  sessionTtl(user: User): number;
  /** @throws RolegateError `not_found` for no such user or app, `bad_input` for no ARN */
  explain(userName: string, appName: string, roleArn: string): Explanation;
  /** Who may assume what, for all users and apps or those that are named. */
  matrix(only: { user?: string | undefined; app?: string | undefined }): MatrixRow[];
}

const maxKnown = 10_000;

export function createCatalog(resources: AccessResources, region: string, now: () => number): Catalog {
  const known = decisionsOf(resources);

  function requireApp(name: string): AppConfig {
    const app = resources.apps().get(name);
    if (app) return app;
    throw new RolegateError('not_found', `There is no app named ${name}.`);
  }

  function requireUnlocked(user: User, app?: AppConfig, roleArn?: string): void {
    const locks = resources.locks();
    if (locks.length === 0) return;
    const question = { user, ...(app && { app }), ...(roleArn !== undefined && { roleArn }) };
    const lock = lockAgainst(question, locks, now());
    if (lock) throw new RolegateError('access_denied', lockReason(lock));
  }

  const grantsOfUser = (name: string) => resources.accessGrants().get(name) ?? [];

  return {
    requireUser(name) {
      const user = resources.users().get(name);
      if (!user) throw new RolegateError('access_denied', `There is no user ${name} any more.`);
      requireUnlocked(user);
      return user;
    },

    appsOf(user) {
      const roles = resources.roles();
      const requests = grantsOfUser(user.name);
      return [...resources.apps().values()].map((app) => {
        const requestable = requestableRoles({ user, roles, app, requests });
        const patterns = assumablePatterns({ user, roles, app }).map(({ pattern }) => pattern);
        return {
          name: app.name,
          description: app.description,
          uri: app.uri,
          labels: { ...app.labels },
          region,
          roles: assumableRoles({ user, roles, app, requests }).map(toIamRole),
          ...(patterns.length > 0 && { rolePatterns: patterns }),
          ...(requestable.length > 0 && {
            requestable: requestable.map(({ role, maxDuration }) => ({ role: toIamRole(role), maxDuration })),
          }),
        };
      });
    },

    authorise(user, appName, roleArn) {
      const app = requireApp(appName);
      const role = requireRoleArn(roleArn);
      requireUnlocked(user, app, roleArn);
      const roles = resources.roles();
      const decision = known(`own\n${roleArn}\n${appName}`, user, () =>
        decide({ user, roles, app, roleArn, requests: grantsOfUser(user.name) }),
      );
      const options = requireYes(decision, `${user.name} may not assume ${roleArn} through ${appName}.`);
      return { app, role, options, ...(decision.allowed && decision.grant && { grant: decision.grant }) };
    },

    authoriseChained(user, appName, roleArn, target) {
      const app = requireApp(appName);
      const role = requireRoleArn(target);
      requireUnlocked(user, app, roleArn);
      requireUnlocked(user, app, target);
      const roles = resources.roles();
      const decision = known(`chained\n${roleArn}\n${target}\n${appName}`, user, () =>
        decideChained({ user, roles, app, roleArn, target, requests: grantsOfUser(user.name) }),
      );
      return { app, role, options: requireYes(decision, `${user.name} may not go on from ${roleArn} to ${target}.`) };
    },

    sessionTtl(user) {
      const { defaultSessionTtl } = resources.authPreference();
      return Math.min(defaultSessionTtl, shortestTtl(rolesOf(user, resources.roles())) ?? Number.POSITIVE_INFINITY);
    },

    explain(userName, appName, roleArn) {
      const user = resources.users().get(userName);
      if (!user) throw new RolegateError('not_found', `There is no user ${userName}.`);
      const app = requireApp(appName);
      requireRoleArn(roleArn);
      const question = { user, roles: resources.roles(), app, roleArn, requests: grantsOfUser(userName) };
      return explain(question, resources.locks(), now());
    },

    matrix: (only) => matrixOf(resources, only, now()),
  };
}

function requireYes(decision: Decision, message: string): SessionOptions {
  if (decision.allowed) return decision.options;
  throw new RolegateError('access_denied', message, { hint: decision.because });
}

/**
 * Decisions that were made, for as long as nothing changes on which they stand. A question is what is asked about a user:
 * its parts in lines, those first that are ARNs, which have no lines.
 */
function decisionsOf(resources: AccessResources) {
  const decisions = new Map<User, Map<string, Decision>>();
  let known = 0;
  let madeWith: readonly unknown[] = [];

  function forget(): void {
    decisions.clear();
    known = 0;
  }

  return (question: string, user: User, make: () => Decision): Decision => {
    const standsOn = [resources.roles(), resources.apps(), resources.accessGrants()];
    if (standsOn.some((part, index) => part !== madeWith[index])) forget();
    madeWith = standsOn;
    const found = decisions.get(user)?.get(question);
    if (found) return found;
    const decision = make();
    if (known >= maxKnown) forget();
    known += 1;
    const ofUser = decisions.get(user);
    if (ofUser) ofUser.set(question, decision);
    else decisions.set(user, new Map([[question, decision]]));
    return decision;
  };
}

export function toIamRole({ arn, name, path, accountId, partition }: RoleArn): IamRole {
  return { arn, name, path, accountId, partition };
}
