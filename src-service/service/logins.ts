import { passkeyMethod } from '../../src-shared/contracts/passkey-method.ts';
import type { LoginGrant, LoginRequest, UserInfo } from '../../src-shared/contracts/service-api.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import type { AccessResources, Catalog } from '../access/catalog.ts';
import { traitSources } from '../access/role.ts';
import type { AuditSink } from '../audit/sink.ts';
import type { Login, Sessions } from '../auth/sessions.ts';
import type { Credentials } from './credentials.ts';
import type { RecordEvent } from './recorder.ts';
import type { Revocation } from './revocation.ts';

/** Logging in and out, and who one is. See `AppService` for what each takes and gives. */
export interface Logins {
  login(request: LoginRequest): Promise<LoginGrant>;
  /** @param connector by which the user has signed on, if so; `passkey` */
  loginAs(user: string, connector?: string): Promise<LoginGrant>;
  logout(token: string): Promise<void>;
  user(token: string): Promise<UserInfo>;
}

export interface LoginParts {
  cluster: string;
  resources: AccessResources;
  catalog: Catalog;
  sessions: Sessions;
  credentials: Credentials;
  revocation: Revocation;
  audit: AuditSink;
  record: RecordEvent;
  now: () => number;
}

/** @throws RolegateError `access_denied` on a cluster where nobody logs in with a password */
export function requireLocalAuth(resources: Pick<AccessResources, 'authPreference'>): void {
  if (resources.authPreference().localAuth) return;
  throw new RolegateError('access_denied', 'Logging in with a password is turned off on this cluster.', {
    hint: 'Use its single sign-on.',
  });
}

export function createLogins(parts: LoginParts): Logins {
  const { cluster, resources, catalog, sessions, credentials, revocation, audit, record, now } = parts;

  async function grant(name: string, connector?: string): Promise<LoginGrant> {
    const user = catalog.requireUser(name);
    const { token, login } = await sessions.startLogin(
      name,
      now() + catalog.sessionTtl(user),
      connector === passkeyMethod.kind,
    );
    record('login.succeeded', name, true, { connector });
    return { token, user: userInfo(login) };
  }

  function userInfo(login: Login): UserInfo {
    const user = catalog.requireUser(login.user);
    const { external } = traitSources(user);
    const traits = Object.fromEntries(Object.entries(external).map(([name, values]) => [name, [...values]]));
    return { name: user.name, roles: [...user.roles], traits, cluster, validUntil: login.expiresAt };
  }

  return {
    async login({ user, ...given }) {
      await audit.room();
      await credentials.check(user, given);
      try {
        requireLocalAuth(resources);
        return await grant(user);
      } catch (error) {
        record('login.failed', user, false, { reason: (error as Error).message });
        throw error;
      }
    },

    loginAs: grant,

    async logout(token) {
      const login = await sessions.requireLogin(token);
      await revocation.endLogin(login, 'you have logged out.');
      record('logout', login.user, true);
    },

    async user(token) {
      const login = await sessions.requireLogin(token);
      try {
        return userInfo(login);
      } catch (error) {
        // Whoever is no user any more, or is kept out, is as good as logged out.
        throw new RolegateError('needs_login', (error as Error).message, { hint: 'Ask your administrator.' });
      }
    },
  };
}
