import { join } from 'node:path';
import type { GatewayMode } from '../../src-shared/contracts/gateway.ts';
import type { ProductionRule } from '../../src-shared/contracts/production.ts';
import type { GatewayState } from '../../src-shared/contracts/state.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import type { Outbound } from '../../src-shared/outbound/outbound.ts';
import { heldBack, productionRuleOf } from '../../src-shared/production/production.ts';
import { createTables, type Tables } from '../dynamodb/tables.ts';
import { createGateway, type Gateway } from '../gateway/gateway.ts';
import type { GatewayLimits } from '../gateway/limits.ts';
import { createPassThrough } from '../gateway/pass-through.ts';
import { createKeptKeys } from '../session/kept-keys.ts';
import { createLoginSecrets } from '../session/login-secrets.ts';
import type { SecretStore } from '../session/secret-store.ts';
import { createSession, type Session, type SessionView } from '../session/session.ts';
import type { OpenWay } from './open-way.ts';

/** A way to run with everything on top of it: who is logged in, the gateway, the table browser. */
export interface RunningWay {
  way: OpenWay;
  session: Session;
  gateway: Gateway;
  tables: Tables;
  close(): Promise<void>;
}

export interface RunningWayOptions {
  way: OpenWay;
  secrets: SecretStore;
  ports: Record<GatewayMode, number>;
  limits: GatewayLimits;
  outbound: Outbound;
  /** Which sessions count as production. */
  production: () => readonly ProductionRule[];
  onSession: (view: SessionView) => void;
  onGateway: (state: GatewayState) => void;
  onFault: (error: unknown) => void;
  now: () => number;
}

export function runWay({
  way,
  secrets,
  ports,
  limits,
  outbound,
  production,
  onSession,
  onGateway,
  onFault,
  now,
}: RunningWayOptions): RunningWay {
  let user = '';
  const session = createSession({
    client: way.client,
    secrets: createLoginSecrets(secrets, way.id),
    keptKeys: createKeptKeys(secrets, `${way.id}/kept-keys`),
    loginWithoutPassword: way.loginWithoutPassword,
    onChange: (view) => {
      user = view.user?.name ?? '';
      onSession(view);
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
      passThrough: createPassThrough(way.originOf ?? (() => undefined), outbound),
      forward: async (call, cancellation) => way.client.forward(await session.token(), call, cancellation),
      onChain: session.addChain,
      onFault,
      limits,
      now,
    },
    outbound,
    ports,
    onChange: onGateway,
  });
  const tables = createTables({
    forwardFor: (appSessionId) => async (call, cancellation) => {
      const { token, serviceSessionId } = await session.credentialsOf(appSessionId);
      return way.client.forward(token, { ...call, appSessionId: serviceSessionId }, cancellation);
    },
    ownerOf: (appSessionId) => ({ user, accountId: session.requireAppSession(appSessionId).role.accountId }),
    safetyOf: (appSessionId) => {
      // Whoever is logged out has no session either; that there is no login is what helps to know.
      if (user === '') throw new RolegateError('needs_login', 'You are not logged in.', { hint: 'Log in first.' });
      const appSession = session.requireAppSession(appSessionId);
      const rules = production();
      const isProduction = productionRuleOf(rules, appSession) !== undefined;
      return { heldBy: heldBack(rules, appSession), isProduction };
    },
    stagesFolder: join(way.folder, 'stages'),
  });
  return {
    way,
    session,
    gateway,
    tables,
    async close() {
      session.close();
      await gateway.close();
      await way.close();
    },
  };
}
