import { passkeyMethod } from '../../src-shared/contracts/passkey-method.ts';
import type { LoginGrant } from '../../src-shared/contracts/service-api.ts';
import type { ConnectorId, SignOnApi } from '../../src-shared/contracts/sign-on-api.ts';
import { RolegateError, toErrorData } from '../../src-shared/errors.ts';
import type { Outbound } from '../../src-shared/outbound/outbound.ts';
import { actorOf, requireVerb } from '../access/actor.ts';
import type { Catalog } from '../access/catalog.ts';
import type { AuditSink } from '../audit/sink.ts';
import { newToken } from '../auth/one-time-tokens.ts';
import type { Sessions } from '../auth/sessions.ts';
import { type Attempt, type Attempts, isByConnector } from '../auth/sign-on/attempts.ts';
import type { Identity, ProviderAnswer } from '../auth/sign-on/connector.ts';
import { type ConnectorResources, createConnectors } from '../auth/sign-on/connectors.ts';
import { providerFetch } from '../auth/sign-on/provider-fetch.ts';
import type { Log } from '../log.ts';
import type { Resources } from '../resources/resources.ts';
import type { PasskeyPage, PasskeyService } from './passkeys.ts';
import { createProvisioner } from './provision.ts';
import type { RecordEvent } from './recorder.ts';

/** Where a browser goes on to that has come back from a provider: to the client that waits on this machine's port. */
export interface Homecoming {
  port: number;
  state: string;
  code: string;
}

/** Single sign-on, from the login screen to the login. See `AppService` and `SignOnApi`. */
export interface SignOn extends SignOnApi {
  offer(): ReturnType<ReturnType<typeof createConnectors>['offer']>;
  /** The provider's page for a sign-on that has begun, or what our own needs. @throws RolegateError `not_found`, `unavailable` */
  signOnPage(id: string, origin: string): Promise<string | PasskeyPage>;
  /** Takes a provider's answer. @throws RolegateError `not_found` for one that nothing waits for, or not any more */
  takeProviderAnswer(answer: ProviderAnswer, kinds: readonly ConnectorId['kind'][]): Promise<Homecoming>;
  samlMetadata(name: string, origin: string): Promise<string>;
  connectorRegistration(connector: ConnectorId, origin: string): { what: string; value: string }[];
}

export interface SignOnParts {
  attempts: Attempts;
  passkeyService: PasskeyService;
  resources: Resources & ConnectorResources;
  catalog: Catalog;
  sessions: Sessions;
  audit: AuditSink;
  record: RecordEvent;
  log: Log;
  /** The way to the providers. */
  outbound: Outbound;
  /** Logs in whoever has just proven who they are, by a connector. */
  grant: (user: string, connector: string) => Promise<LoginGrant>;
  now: () => number;
}

export function createSignOn(parts: SignOnParts): SignOn {
  const { attempts, passkeyService, resources, catalog, sessions, audit, record, log, outbound, grant, now } = parts;
  const connectors = createConnectors(resources, { fetch: providerFetch(outbound), now });
  const provisioner = createProvisioner({ resources, catalog, now });

  /** What a provider's answer comes to: an identity that may come in, or the reason why not. */
  async function judge(attempt: Attempt & ConnectorId, answer: ProviderAnswer, remembered: Record<string, string>) {
    let identity: Identity | undefined;
    try {
      identity = await connectors.require(attempt).finish(answer, remembered);
      return { identity: provisioner.admit(attempt, identity) };
    } catch (error) {
      if (!(error instanceof RolegateError)) {
        log.error('A sign-on failed for a reason of ours.', { reason: String((error as Error)?.stack ?? error) });
      }
      const data = toErrorData(error);
      const reason = data.hint === undefined ? data.message : `${data.message} ${data.hint}`;
      record('login.failed', identity?.user ?? '', false, { connector: idText(attempt), reason });
      return { error: data };
    }
  }

  return {
    offer: () => connectors.offer(),

    async startSignOn(request) {
      await audit.room();
      if (request.kind === 'passkey') passkeyService.requireAllowed();
      else connectors.require({ kind: request.kind, name: request.name });
      return attempts.open(request);
    },

    async signOnPage(id, origin) {
      const attempt = await attempts.require(id);
      if (!isByConnector(attempt)) return passkeyService.begin(attempt, origin);
      const state = newToken();
      const { url, remembered } = await connectors.require(attempt).begin(state, origin);
      await attempts.expectAnswer(attempt, state, remembered);
      return url;
    },

    async takeProviderAnswer(answer, kinds) {
      await audit.room();
      const state = answer.get('state') ?? answer.get('RelayState') ?? '';
      const awaited = await attempts.takeAnswer(state);
      if (!awaited || !isByConnector(awaited.attempt) || !kinds.includes(awaited.attempt.kind)) {
        throw new RolegateError(
          'not_found',
          'Nothing waits for this answer: it was used already, or its time is over.',
          {
            hint: 'Begin again in Rolegate.',
          },
        );
      }
      const { attempt, remembered } = awaited;
      const code = await attempts.settle(attempt, await judge(attempt, answer, remembered));
      return { port: attempt.port, state: attempt.state, code };
    },

    async finishSignOn({ code, verifier }) {
      await audit.room();
      const { attempt, outcome } = await attempts.collect(code, verifier);
      if ('error' in outcome) throw RolegateError.fromData(outcome.error);
      if ('passkeyOf' in outcome) return grant(outcome.passkeyOf, passkeyMethod.kind);
      if (!('identity' in outcome) || !isByConnector(attempt))
        throw new RolegateError('bad_input', 'This was no login.');
      const { user } = outcome.identity;
      const connector = idText(attempt);
      try {
        await provisioner.provision(attempt, outcome.identity);
        return await grant(user, connector);
      } catch (error) {
        record('login.failed', user, false, { connector, reason: (error as Error).message });
        throw error;
      }
    },

    async testConnector(token, id) {
      const login = await sessions.requireLogin(token);
      requireVerb(actorOf(catalog.requireUser(login.user), resources.roles()), 'readnosecrets', id.kind);
      const checks = await connectors.require(id).test();
      return { ok: checks.every(({ ok }) => ok), checks, register: [] };
    },

    connectorRegistration: (id, origin) => connectors.require(id).registration(origin),
    samlMetadata: (name, origin) => connectors.requireSaml(name).metadata(origin),
  };
}

/** A connector as events name it: `oidc/okta`. */
function idText({ kind, name }: ConnectorId): string {
  return `${kind}/${name}`;
}
