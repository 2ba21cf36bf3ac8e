import { fullRoleName, parseRoleArn } from '../src-shared/aws/arn.ts';
import type { Calls } from '../src-shared/contracts/calls.ts';
import type { AppInfo, IamRole } from '../src-shared/contracts/service-api.ts';
import type { AppSession } from '../src-shared/contracts/state.ts';
import { RolegateError } from '../src-shared/errors.ts';
import { table } from './output.ts';

/** The app with this name. @throws RolegateError `not_found` */
export function findApp(apps: readonly AppInfo[], name: string): AppInfo {
  const app = apps.find((one) => one.name === name);
  if (app) return app;
  throw new RolegateError('not_found', `There is no app named ${name}.`, { hint: 'See: rolegate apps ls' });
}

/**
 * The role that was meant: by its ARN, by its name, by its name with its path, or the only one there is.
 *
 * @throws RolegateError `not_found` or `bad_input`, with the roles to choose from
 */
export function chooseRole(app: AppInfo, wanted: string | undefined): IamRole {
  const { roles, rolePatterns = [] } = app;
  const byPattern = wanted === undefined ? undefined : roleByPattern(wanted, roles, rolePatterns);
  if (byPattern) return byPattern;
  if (roles.length === 0) {
    throw new RolegateError('not_found', `You have no IAM role in the app ${app.name}.`, {
      hint: 'Ask whoever runs the app-service for one.',
    });
  }
  const matches =
    wanted === undefined ? roles : roles.filter((role) => [role.arn, role.name, fullRoleName(role)].includes(wanted));
  const [role] = matches;
  if (role && matches.length === 1) return role;
  const message =
    wanted === undefined
      ? `Say which IAM role of ${app.name} you want with --aws-role.`
      : matches.length === 0
        ? `You have no IAM role ${wanted} in the app ${app.name}.`
        : `${wanted} names more than one IAM role. Give the whole ARN.`;
  const choices = matches.length > 1 && wanted !== undefined ? matches : roles;
  throw new RolegateError(matches.length === 0 ? 'not_found' : 'bad_input', message, {
    hint: table(
      ['Role', 'ARN'],
      choices.map(({ name, arn }) => [name, arn]),
    ),
  });
}

/** A role that no list names, but that a pattern allows: by its whole ARN. The service decides. */
function roleByPattern(wanted: string, roles: readonly IamRole[], patterns: readonly string[]): IamRole | undefined {
  const role = patterns.length === 0 ? undefined : parseRoleArn(wanted);
  if (!role || roles.some(({ arn }) => arn === wanted)) return undefined;
  const { arn, name, path, accountId, partition } = role;
  return { arn, name, path, accountId, partition };
}

/**
 * The app session that a command works with: the only one, or the one of the app (and role) that was named.
 *
 * @throws RolegateError saying how to start or name one
 */
export async function requireAppSession(
  calls: Calls,
  wanted: { app?: string | undefined; awsRole?: string | undefined },
): Promise<AppSession> {
  const { user, appSessions } = await calls.call('state.get', {});
  if (!user) throw new RolegateError('needs_login', 'You are not logged in.', { hint: 'Log in with: rolegate login' });
  const { app, awsRole } = wanted;
  const matches = appSessions.filter(
    (session) =>
      (app === undefined || session.app === app) &&
      (awsRole === undefined || [session.role.arn, session.role.name, fullRoleName(session.role)].includes(awsRole)),
  );
  const [session] = matches;
  if (session && matches.length === 1) return session;
  if (matches.length === 0) {
    throw new RolegateError(
      'not_found',
      app === undefined ? 'You use no app yet.' : `You do not use the app ${app} yet.`,
      {
        hint: `Start with: rolegate apps login --aws-role ROLE ${app ?? 'APP'}`,
      },
    );
  }
  throw new RolegateError('bad_input', 'You use more than one IAM role. Say which with --app and --aws-role.', {
    hint: table(
      ['App', 'Role', 'ARN'],
      matches.map((one) => [one.app, one.role.name, one.role.arn]),
    ),
  });
}
