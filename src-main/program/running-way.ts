import { join } from 'node:path';
import type { GatewayMode } from '../../src-shared/contracts/gateway.ts';
import type { JobView } from '../../src-shared/contracts/jobs.ts';
import type { ProductionRule } from '../../src-shared/contracts/production.ts';
import type { AppSession, GatewayState } from '../../src-shared/contracts/state.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import type { UpstreamLimits } from '../../src-shared/http/upstream-limits.ts';
import type { Outbound } from '../../src-shared/outbound/outbound.ts';
import { heldBack, productionRuleOf } from '../../src-shared/production/production.ts';
import { createJobs, type Jobs } from '../dynamodb/jobs/jobs.ts';
import { holdToReading } from '../dynamodb/read-only.ts';
import type { ForwardCall } from '../dynamodb/request-handler.ts';
import { createTables, type Safety, type Tables } from '../dynamodb/tables.ts';
import { createGateway, type Gateway } from '../gateway/gateway.ts';
import type { GatewayLimits } from '../gateway/limits.ts';
import { createPassThrough } from '../gateway/pass-through.ts';
import { tunnelRules } from '../gateway/tunnel-rules.ts';
import { createKeptKeys } from '../session/kept-keys.ts';
import { createLoginSecrets } from '../session/login-secrets.ts';
import type { SecretStore } from '../session/secret-store.ts';
import { createSession, type Session, type SessionView } from '../session/session.ts';
import type { Host } from './host.ts';
import type { OpenWay } from './open-way.ts';
import { createRefusalReports } from './refusal-reports.ts';

/** A way to run with everything on top of it: who is logged in, the gateway, the table browser. */
export interface RunningWay {
  way: OpenWay;
  session: Session;
  gateway: Gateway;
  tables: Tables;
  jobs: Jobs;
  close(): Promise<void>;
}

export interface RunningWayOptions {
  way: OpenWay;
  secrets: SecretStore;
  host: Host;
  ports: Record<GatewayMode, number>;
  limits: GatewayLimits;
  upstreamLimits: UpstreamLimits;
  /** Private places that tunnels may lead to. */
  tunnelsTo: readonly string[];
  outbound: Outbound;
  /** Which sessions count as production. */
  production: () => readonly ProductionRule[];
  onSession: (view: SessionView) => void;
  onGateway: (state: GatewayState) => void;
  onJobs: (jobs: JobView[]) => void;
  onFault: (error: unknown) => void;
  now: () => number;
}

export function runWay({
  way,
  secrets,
  host,
  ports,
  limits,
  upstreamLimits: upstream,
  tunnelsTo,
  outbound,
  production,
  onSession,
  onGateway,
  onJobs,
  onFault,
  now,
}: RunningWayOptions): RunningWay {
  let user = '';
  let appSessions: readonly AppSession[] = [];
  const session = createSession({
    client: way.client,
    secrets: createLoginSecrets(secrets, way.id),
    keptKeys: createKeptKeys(secrets, `${way.id}/kept-keys`),
    loginWithoutPassword: way.loginWithoutPassword,
    onChange: (view) => {
      user = view.user?.name ?? '';
      appSessions = view.appSessions;
      onSession(view);
      jobs.setUser(user).catch(onFault);
    },
    now,
  });
  const gateway = createGateway({
    openCa: async (renew) => {
      // Loaded when the gateway first listens: the certificate library is large, and a start does not need it.
      const { openLocalCa } = await import('../gateway/ca.ts');
      return openLocalCa({ folder: join(way.folder, 'gateway'), secrets, secretName: `${way.id}/ca`, now, renew });
    },
    handling: {
      findKeyHolder: session.findKeyHolder,
      passThrough: createPassThrough(way.originOf ?? (() => undefined), outbound, upstream),
      forward: async (call, cancellation) => way.client.forward(await session.token(), call, cancellation),
      onChain: session.addChain,
      onRefused: createRefusalReports({ client: way.client, token: session.token, now }),
      onFault,
      limits,
      now,
    },
    outbound,
    tunnels: tunnelRules(tunnelsTo),
    ports,
    onChange: onGateway,
  });
  const forwardFor =
    (appSessionId: string): ForwardCall =>
    async (call, cancellation) => {
      const { token, serviceSessionId } = await session.credentialsOf(appSessionId);
      return way.client.forward(token, { ...call, appSessionId: serviceSessionId }, cancellation);
    };
  const safetyOf = (appSessionId: string): Safety => {
    // Whoever is logged out has no session either; that there is no login is what helps to know.
    if (user === '') throw new RolegateError('needs_login', 'You are not logged in.', { hint: 'Log in first.' });
    const appSession = session.requireAppSession(appSessionId);
    const rules = production();
    const isProduction = productionRuleOf(rules, appSession) !== undefined;
    return { heldBy: heldBack(rules, appSession), isProduction };
  };
  const jobs = createJobs({
    folder: join(way.folder, 'jobs'),
    forwardFor: (appSessionId) => holdToReading(forwardFor(appSessionId), () => safetyOf(appSessionId).heldBy),
    safetyOf,
    sessions: () => appSessions,
    askForFile: host.askForFile?.bind(host),
    notify: host.notify?.bind(host),
    onChange: onJobs,
    onFault,
  });
  const tables = createTables({
    forwardFor,
    ownerOf: (appSessionId) => ({ user, accountId: session.requireAppSession(appSessionId).role.accountId }),
    safetyOf,
    stagesFolder: join(way.folder, 'stages'),
  });
  return {
    way,
    session,
    gateway,
    tables,
    jobs,
    async close() {
      // Jobs write down how far they have come while there still is a session to ask with.
      await jobs.close();
      session.close();
      await gateway.close();
      await way.close();
    },
  };
}
