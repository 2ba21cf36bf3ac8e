import { apiVersion, type ServiceInfo } from '../src-shared/contracts/service-api.ts';
import { upstreamLimits } from '../src-shared/http/upstream-limits.ts';
import { directly } from '../src-shared/outbound/outbound.ts';
import { createCatalog } from './access/catalog.ts';
import type { AppService } from './app-service.ts';
import { openAudit } from './audit/open-audit.ts';
import { createInvitations } from './auth/invitations.ts';
import { createLockout } from './auth/lockout.ts';
import { createPasskeys } from './auth/passkeys/store.ts';
import { createPasswords } from './auth/passwords.ts';
import { createSecondFactors } from './auth/second-factors.ts';
import { type AppSession, createSessions } from './auth/sessions.ts';
import { createAttempts } from './auth/sign-on/attempts.ts';
import { createChains } from './aws/chains.ts';
import { createCredentialCache, createRoleAssumer } from './aws/credentials.ts';
import { createDispatcher } from './aws/dispatch.ts';
import { createForward } from './aws/forward.ts';
import { checkEndpoints } from './aws/upstream.ts';
import { openBackend } from './backend/open-backend.ts';
import { silentLog } from './log.ts';
import type { AppServiceOptions } from './options.ts';
import { openResources } from './resources/resources.ts';
import { createAccessRequests } from './service/access-requests.ts';
import { createAccounts } from './service/accounts.ts';
import { createAdmin } from './service/admin.ts';
import { createAppSessions } from './service/app-sessions.ts';
import { createCredentials } from './service/credentials.ts';
import { createFirstAdministrator } from './service/first-administrator.ts';
import { createHealth } from './service/health.ts';
import { createInFlight } from './service/in-flight.ts';
import { createLogins } from './service/logins.ts';
import { createPasskeyService } from './service/passkeys.ts';
import { createRecorder, resourceEvent } from './service/recorder.ts';
import { createRefusals } from './service/refusals.ts';
import { startRevocation } from './service/revocation.ts';
import { createSignOn } from './service/sign-on.ts';
import { createWatches } from './service/watches.ts';

/**
 * Opens the store and the audit log and puts the service together. It listens nowhere: `http/server.ts` does, where
 * it should.
 *
 * @throws RolegateError when the configuration is wrong
 */
export async function createAppService(options: AppServiceOptions): Promise<AppService> {
  const { cluster, version, sandbox, now = Date.now, log = silentLog, aws, outbound = directly, stateDir } = options;
  const { region, endpoints } = aws;
  checkEndpoints(endpoints);
  const { backend: store = { type: 'libsql' } } = options;
  const backend = await openBackend(store, stateDir, now);
  const followsStore = store.type === 'libsql';
  const auditParts = { ...options.audit, cluster, stateDir, backend, followsStore, log, now };
  const { audit, statements, closeAudit } = await openAudit(auditParts);
  const record = createRecorder(audit, now);
  const resources = await openResources({
    backend,
    defaults: options.defaultResources ?? [],
    statics: options.resources ?? [],
    apps: options.apps,
    record: (change) => audit.recordDurably(resourceEvent(change, now())),
    log,
    now,
  });
  const catalog = createCatalog(resources, region, now);
  const passwords = createPasswords(backend);
  const secondFactors = createSecondFactors(backend, cluster, now);
  const passkeys = createPasskeys(backend);
  const lockout = createLockout(now);
  const credentials = createCredentials({
    passwords,
    secondFactors,
    lockout,
    isUser: (name) => resources.users().has(name),
    hasPasskey: async (user) => (await passkeys.of(user)).length > 0,
    secondFactor: () => resources.authPreference().secondFactor,
    now,
    record,
  });
  const sessions = createSessions({ backend, now, idleTimeout: () => resources.authPreference().idleTimeout });
  const assumer = createRoleAssumer({ ...aws, outbound });
  const roleCredentials = createCredentialCache(assumer, now);
  const chains = createChains(now);
  const dispatcher = createDispatcher(outbound, upstreamLimits(options.upstreamLimits));
  const inFlight = createInFlight();

  const watches = createWatches({
    sessions,
    catalog,
    endUnused: (login) => revocation.endLogin(login, 'it was not used for too long.'),
  });

  function cut(session: AppSession, reason: string): void {
    const { id } = session;
    inFlight.cut(id, reason);
    dispatcher.closePool(id);
    chains.end(id);
    watches.appSessionEnded(session, reason);
  }
  function ended({ id, user, app, roleArn }: AppSession, reason: string): void {
    record('app_session.ended', user, true, { app, roleArn, appSessionId: id, reason });
  }
  const { loginEnded } = watches;
  const changed = () => {
    watches.changed();
    requests.sweep();
  };
  const revocation = startRevocation({ sessions, catalog, resources, cut, ended, loginEnded, changed, log, now });
  const { watch } = watches;
  const requests = createAccessRequests({ sessions, catalog, resources, audit, log, now });

  const basics = { cluster, region, endpoints, backend, resources, catalog, sessions, audit, statements, record, now };
  const parts = { ...basics, credentials, revocation };
  const logins = createLogins(parts);
  const invitations = createInvitations(backend, now);
  const accountParts = { ...parts, passwords, secondFactors, passkeys, invitations, grant: logins.loginAs };
  const firstAdministrator = createFirstAdministrator(accountParts);
  const accounts = createAccounts({ ...accountParts, firstAdministrator });
  const attempts = createAttempts(backend, now);
  const passkeyService = createPasskeyService({ ...parts, secondFactors, passkeys, lockout, attempts, log });
  const signOn = createSignOn({ ...parts, attempts, passkeyService, log, outbound, grant: logins.loginAs });
  const forward = createForward({ ...basics, credentials: roleCredentials, chains, dispatcher });

  return {
    info(): ServiceInfo {
      const signIn = signOn.offer();
      const info = { cluster, version, minClientVersion: '0.1.0', api: apiVersion, signIn } as const;
      return sandbox ? { ...info, sandbox } : info;
    },
    health: createHealth(backend, audit, now),
    ...logins,
    watch,
    ...accounts,
    ...passkeyService.api,
    ...signOn,
    ...createAppSessions({ ...parts, assumer, outbound }),
    ...createAdmin({ ...parts, accounts }),
    ...requests.api,
    ...createRefusals(basics),

    async forward(token, call, cancellation) {
      const wait = audit.room();
      if (wait) await wait;
      return inFlight.run(call.appSessionId, cancellation, (cuttable) => forward(token, call, cuttable));
    },

    inviteFirstAdministrator: firstAdministrator.invite,
    reload: resources.reload,
    hasPassword: (user) => passwords.has(user),
    setPassword: (user, password) => passwords.set(user, password),

    async close() {
      firstAdministrator.close();
      revocation.close();
      watches.close();
      await requests.close();
      resources.close();
      sessions.close();
      await dispatcher.close();
      await closeAudit();
      await backend.close();
    },
  };
}
