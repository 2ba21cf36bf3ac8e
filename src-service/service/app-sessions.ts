import { requireRoleArn } from '../../src-shared/aws/arn.ts';
import type {
  AppInfo,
  AppSessionGrant,
  AppSessionRequest,
  ConsoleGrant,
  ConsoleRequest,
} from '../../src-shared/contracts/service-api.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import type { Outbound } from '../../src-shared/outbound/outbound.ts';
import { type Catalog, toIamRole } from '../access/catalog.ts';
import type { AccessGrant } from '../access/requests.ts';
import type { AuditSink } from '../audit/sink.ts';
import type { AppSession, Sessions } from '../auth/sessions.ts';
import type { RoleAssumer } from '../aws/credentials.ts';
import { consoleSignInUrl } from '../aws/federation.ts';
import { assumeRoleRequest } from '../aws/forward.ts';
import type { CustomEndpoints } from '../aws/upstream.ts';
import type { Credentials } from './credentials.ts';
import type { RecordEvent } from './recorder.ts';
import type { Revocation } from './revocation.ts';

/** The shortest session that AWS makes, in milliseconds, and the longest that a launched console gets. */
const shortestConsole = 15 * 60_000;
const longestConsole = 3_600_000;

/** Apps, and the use of their IAM roles. See `AppService` for what each takes and gives. */
export interface AppSessions {
  apps(token: string): Promise<AppInfo[]>;
  startAppSession(token: string, request: AppSessionRequest): Promise<AppSessionGrant>;
  appSessions(token: string): Promise<AppSessionGrant[]>;
  endAppSession(token: string, id: string): Promise<void>;
  consoleUrl(token: string, appSessionId: string, request: ConsoleRequest): Promise<ConsoleGrant>;
}

export interface AppSessionParts {
  catalog: Catalog;
  sessions: Sessions;
  revocation: Revocation;
  credentials: Credentials;
  assumer: RoleAssumer;
  audit: AuditSink;
  record: RecordEvent;
  region: string;
  endpoints: CustomEndpoints;
  outbound: Outbound;
  now: () => number;
}

export function createAppSessions(parts: AppSessionParts): AppSessions {
  const { catalog, sessions, revocation, credentials, assumer, audit, record, region, endpoints, outbound, now } =
    parts;

  function toGrant(session: AppSession, readOnly: boolean): AppSessionGrant {
    const { id, app, startedAt, expiresAt } = session;
    return { id, app, role: toIamRole(requireRoleArn(session.roleArn)), region, startedAt, expiresAt, readOnly };
  }

  /** Whether a session that runs may only read. One that is allowed no longer is about to end. */
  function isReadOnly({ user, app, roleArn }: AppSession): boolean {
    try {
      return catalog.authorise(catalog.requireUser(user), app, roleArn).options.readOnly;
    } catch {
      return true;
    }
  }

  return {
    async apps(token) {
      const login = await sessions.requireLogin(token);
      return catalog.appsOf(catalog.requireUser(login.user));
    },

    async startAppSession(token, request) {
      const login = await sessions.requireLogin(token);
      await audit.room();
      const details = { app: request.app, roleArn: request.roleArn };
      let grant: AccessGrant | undefined;
      try {
        const authorised = catalog.authorise(catalog.requireUser(login.user), request.app, request.roleArn);
        const { options } = authorised;
        grant = authorised.grant;
        if (options.requireSessionMfa) await credentials.checkCode(login, request.code);
      } catch (error) {
        // That a code is still to come is no denial.
        const isAsking = error instanceof RolegateError && error.code === 'needs_code';
        const reason = (error as Error).message;
        if (!isAsking) record('app_session.denied', login.user, false, { ...details, reason });
        throw error;
      }
      // Access that was asked for ends when it was to end.
      const expiresAt = Math.min(login.expiresAt, grant?.expiresAt ?? Number.POSITIVE_INFINITY);
      const session = await sessions.startAppSession(login, { ...details, expiresAt });
      const reason = grant && `by the request ${grant.request}, which ${grant.approvedBy} has approved`;
      record('app_session.started', login.user, true, { ...details, appSessionId: session.id, reason });
      return toGrant(session, isReadOnly(session));
    },

    async appSessions(token) {
      const login = await sessions.requireLogin(token);
      return (await sessions.appSessionsOf(login.user)).map((session) => toGrant(session, isReadOnly(session)));
    },

    async endAppSession(token, id) {
      const login = await sessions.requireLogin(token);
      await revocation.end(await sessions.requireAppSession(login, id), 'you have ended it.');
    },

    async consoleUrl(token, id, request) {
      const login = await sessions.requireLogin(token);
      await audit.room();
      const session = await sessions.requireAppSession(login, id);
      const user = catalog.requireUser(login.user);
      const { app, role, options } = catalog.authorise(user, session.app, session.roleArn);
      const left = session.expiresAt - now();
      if (left < shortestConsole) throw tooLittleLeft(left);
      const details = { app: session.app, roleArn: session.roleArn, appSessionId: session.id };
      try {
        const duration = Math.floor(Math.min(left, longestConsole) / 1_000);
        const grant = await consoleSignInUrl(
          {
            credentials: await assumer.assume(assumeRoleRequest(session, app, options, duration)),
            partition: role.partition,
            region: request.region ?? region,
            page: request.page,
            fragment: request.fragment,
            appUri: app.uri,
            sessionDuration: (await assumer.isChained()) ? undefined : duration,
            signedInUntil: now() + duration * 1_000,
            endpoints,
            outbound,
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
  };
}

function tooLittleLeft(left: number): RolegateError {
  const minutes = Math.max(1, Math.floor(left / 60_000));
  return new RolegateError(
    'session_expired',
    `The AWS console needs 15 minutes at least, and your session has ${minutes} left.`,
    { hint: 'Log in again, then launch the console.' },
  );
}
