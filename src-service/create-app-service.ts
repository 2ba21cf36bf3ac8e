import { join } from 'node:path';
import { requireRoleArn } from '../src-shared/aws/arn.ts';
import {
  type AppSessionGrant,
  apiVersion,
  type ServiceInfo,
  type UserInfo,
} from '../src-shared/contracts/service-api.ts';
import { RolegateError } from '../src-shared/errors.ts';
import { createCatalog, toIamRole } from './access/catalog.ts';
import type { AppService } from './app-service.ts';
import { openJsonlAudit } from './audit/jsonl.ts';
import type { AuditEvent } from './audit/sink.ts';
import { createLockout } from './auth/lockout.ts';
import { createPasswords } from './auth/passwords.ts';
import { type AppSession, createSessions, type Login } from './auth/sessions.ts';
import { createChains } from './aws/chains.ts';
import { createCredentialCache, createRoleAssumer } from './aws/credentials.ts';
import { createDispatcher } from './aws/dispatch.ts';
import { consoleSignInUrl } from './aws/federation.ts';
import { assumeRoleRequest, createForward } from './aws/forward.ts';
import { checkEndpoints } from './aws/upstream.ts';
import { openBackend } from './backend/open-backend.ts';
import { silentLog } from './log.ts';
import type { AppServiceOptions } from './options.ts';

/** The shortest session that AWS makes, in milliseconds, and the longest that a launched console gets. */
const shortestConsole = 15 * 60_000;
const longestConsole = 3_600_000;

/**
 * Opens the store and the audit file and puts the service together. It listens nowhere: `http/server.ts` does, where
 * it should.
 *
 * @throws RolegateError when the configuration is wrong
 */
export async function createAppService(options: AppServiceOptions): Promise<AppService> {
  const { now = Date.now, log = silentLog, aws, stateDir } = options;
  checkEndpoints(aws.endpoints);
  const [backend, audit] = await Promise.all([
    openBackend(options.backend ?? { type: 'libsql' }, stateDir, now),
    openJsonlAudit(join(stateDir, 'audit.jsonl'), (error) =>
      log.error('The audit file cannot be written.', { reason: error.message }),
    ),
  ]);
  const passwords = createPasswords(backend);
  const lockout = createLockout(now);
  const sessions = createSessions(backend, now);
  const catalog = createCatalog(options.resources, options.apps, aws.region);
  const assumer = createRoleAssumer(aws);
  const credentials = createCredentialCache(assumer, now);
  const chains = createChains(now);
  const dispatcher = createDispatcher();
  const forward = createForward({
    sessions,
    catalog,
    credentials,
    chains,
    dispatcher,
    audit,
    endpoints: aws.endpoints,
    now,
  });

  const record = (event: string, user: string, success: boolean, more: Partial<AuditEvent> = {}) =>
    audit.record({ event, time: now(), user, success, ...more });

  async function grantLogin(name: string) {
    const user = catalog.requireUser(name);
    const { token, login } = await sessions.startLogin(name, now() + catalog.sessionTtl(user));
    record('login.succeeded', name, true);
    return { token, user: userInfo(login) };
  }

  function userInfo(login: Login): UserInfo {
    const user = catalog.requireUser(login.user);
    const traits = Object.fromEntries(Object.entries(user.traits).map(([name, values]) => [name, [...values]]));
    return { name: user.name, roles: [...user.roles], traits, cluster: options.cluster, validUntil: login.expiresAt };
  }

  function toGrant(session: AppSession): AppSessionGrant {
    const { id, app, startedAt, expiresAt } = session;
    return { id, app, role: toIamRole(requireRoleArn(session.roleArn)), region: aws.region, startedAt, expiresAt };
  }

  async function endAppSession(session: AppSession): Promise<void> {
    await sessions.endAppSession(session);
    appSessionEnded(session);
  }

  function appSessionEnded({ id, user, app, roleArn }: AppSession): void {
    dispatcher.closePool(id);
    chains.end(id);
    record('app_session.ended', user, true, { app, roleArn, appSessionId: id });
  }

  return {
    info(): ServiceInfo {
      const { cluster, version, sandbox } = options;
      const info = { cluster, version, minClientVersion: '0.1.0', api: apiVersion } as const;
      return sandbox ? { ...info, sandbox } : info;
    },

    async login({ user, password }) {
      lockout.check(user);
      const good = (await passwords.verify(user, password)) && options.resources.users.has(user);
      if (!good) {
        lockout.failed(user);
        record('login.failed', user, false, { reason: 'wrong name or password' });
        throw new RolegateError('access_denied', 'The user name or the password is wrong.');
      }
      lockout.succeeded(user);
      return grantLogin(user);
    },

    loginAs: grantLogin,

    async logout(token) {
      const login = await sessions.requireLogin(token);
      for (const session of await sessions.endLogin(login)) appSessionEnded(session);
      record('logout', login.user, true);
    },

    async user(token) {
      return userInfo(await sessions.requireLogin(token));
    },

    async apps(token) {
      const login = await sessions.requireLogin(token);
      return catalog.appsOf(catalog.requireUser(login.user));
    },

    async startAppSession(token, request) {
      const login = await sessions.requireLogin(token);
      const details = { app: request.app, roleArn: request.roleArn };
      try {
        catalog.authorise(catalog.requireUser(login.user), request.app, request.roleArn);
      } catch (error) {
        record('app_session.denied', login.user, false, { ...details, reason: (error as Error).message });
        throw error;
      }
      const session = await sessions.startAppSession(login, { ...details, expiresAt: login.expiresAt });
      record('app_session.started', login.user, true, { ...details, appSessionId: session.id });
      return toGrant(session);
    },

    async appSessions(token) {
      const login = await sessions.requireLogin(token);
      return (await sessions.appSessionsOf(login)).map(toGrant);
    },

    async endAppSession(token, id) {
      const login = await sessions.requireLogin(token);
      await endAppSession(await sessions.requireAppSession(login, id));
    },

    async consoleUrl(token, id, request) {
      const login = await sessions.requireLogin(token);
      const session = await sessions.requireAppSession(login, id);
      const { app, role } = catalog.authorise(catalog.requireUser(login.user), session.app, session.roleArn);
      const left = session.expiresAt - now();
      if (left < shortestConsole) {
        const minutes = Math.max(1, Math.floor(left / 60_000));
        throw new RolegateError(
          'session_expired',
          `The AWS console needs 15 minutes at least, and your session has ${minutes} left.`,
          {
            hint: 'Log in again, then launch the console.',
          },
        );
      }
      const details = { app: session.app, roleArn: session.roleArn, appSessionId: session.id };
      try {
        const duration = Math.floor(Math.min(left, longestConsole) / 1_000);
        const grant = await consoleSignInUrl(
          {
            credentials: await assumer.assume(assumeRoleRequest(session, app, duration)),
            partition: role.partition,
            region: request.region ?? aws.region,
            page: request.page,
            appUri: app.uri,
            sessionDuration: (await assumer.isChained()) ? undefined : duration,
            endpoints: aws.endpoints,
          },
          now(),
        );
        record('console.launched', login.user, true, details);
        return grant;
      } catch (error) {
        record('console.launched', login.user, false, { ...details, reason: (error as Error).message });
        throw error;
      }
    },

    forward,
    hasPassword: (user) => passwords.has(user),
    setPassword: (user, password) => passwords.set(user, password),

    async close() {
      await dispatcher.close();
      await audit.close();
      await backend.close();
    },
  };
}
