import type { AccountApi } from '../../src-shared/contracts/account-api.ts';
import { passkeyMethod } from '../../src-shared/contracts/passkey-method.ts';
import type { PasskeyOffer } from '../../src-shared/contracts/sign-on-api.ts';
import { RolegateError, toErrorData } from '../../src-shared/errors.ts';
import type { AccessResources, Catalog } from '../access/catalog.ts';
import type { AuditSink } from '../audit/sink.ts';
import type { Lockout } from '../auth/lockout.ts';
import { newToken } from '../auth/one-time-tokens.ts';
import {
  type CeremonyOptions,
  creationOptions,
  type Place,
  parseAssertion,
  requestOptions,
  verifyAssertion,
  verifyCreation,
} from '../auth/passkeys/ceremony.ts';
import { passkeyId, rpIdOf } from '../auth/passkeys/passkey.ts';
import type { Passkeys } from '../auth/passkeys/store.ts';
import type { SecondFactors } from '../auth/second-factors.ts';
import type { Sessions } from '../auth/sessions.ts';
import { type Attempt, type Attempts, isByConnector, type Outcome } from '../auth/sign-on/attempts.ts';
import { untrusted } from '../auth/sign-on/refusals.ts';
import type { Log } from '../log.ts';
import type { Credentials } from './credentials.ts';
import { requireLocalAuth } from './logins.ts';
import type { RecordEvent } from './recorder.ts';
import type { Homecoming } from './sign-on.ts';

/** What the service's page in the browser needs for a ceremony. */
export interface PasskeyPage {
  kind: 'passkey' | 'new-passkey';
  state: string;
  options: CeremonyOptions;
}

/** Passkeys of local users: making them and logging in with them, in the browser; and one's own, in the app. */
export interface PasskeyApi
  extends Pick<AccountApi, 'startPasskey' | 'finishPasskey' | 'renamePasskey' | 'removePasskey'> {
  /** Whether passkeys can be used at this address of the service. */
  passkeyOffer(origin: string): PasskeyOffer;
  /** Takes what the browser's page has got of the authenticator. @throws RolegateError `not_found` as a provider's */
  takePasskeyAnswer(state: string, answer: unknown): Promise<Homecoming>;
}

export interface PasskeyService {
  api: PasskeyApi;
  /** @throws RolegateError `access_denied` where the cluster has no passkeys */
  requireAllowed(): void;
  /** Begins the ceremony of an attempt. @throws RolegateError `bad_input` for an address without passkeys */
  begin(attempt: Attempt, origin: string): Promise<PasskeyPage>;
}

export interface PasskeyParts {
  cluster: string;
  resources: AccessResources;
  catalog: Catalog;
  sessions: Sessions;
  credentials: Credentials;
  secondFactors: SecondFactors;
  passkeys: Passkeys;
  lockout: Lockout;
  attempts: Attempts;
  audit: AuditSink;
  record: RecordEvent;
  log: Log;
  now: () => number;
}

export function createPasskeyService(parts: PasskeyParts): PasskeyService {
  const { cluster, resources, catalog, sessions, credentials, secondFactors, passkeys, lockout, attempts } = parts;
  const { audit, record, log, now } = parts;

  function requireAllowed(): void {
    requireLocalAuth(resources);
    if (resources.authPreference().secondFactor !== 'otp') return;
    throw new RolegateError('access_denied', 'This cluster wants codes of authenticator apps, not passkeys.');
  }

  /** @throws RolegateError `access_denied` for a user who is none any more, is locked, or signs on elsewhere */
  function requireLocal(name: string): void {
    const { connector } = catalog.requireUser(name);
    if (!connector) return;
    throw new RolegateError('access_denied', `${name} signs on by ${connector.name}, and has no passkeys here.`);
  }

  async function finishLogin(answer: unknown, place: Place): Promise<Outcome> {
    const assertion = parseAssertion(answer);
    const found = await passkeys.find(assertion.id);
    if (!found) {
      record('login.failed', '', false, { connector: passkeyMethod.kind, reason: 'an unknown passkey' });
      throw untrusted('This passkey is not known here.', { hint: 'It may have been removed. Log in another way.' });
    }
    const { user, handle, passkey } = found;
    try {
      lockout.check(user);
      requireAllowed();
      requireLocal(user);
    } catch (error) {
      record('login.failed', user, false, { connector: passkeyMethod.kind, reason: (error as Error).message });
      throw error;
    }
    try {
      const { userHandle } = assertion.response;
      if (userHandle !== handle) throw untrusted('This passkey is another user’s.');
      if (passkey.rpId !== place.rpId) throw untrusted('This passkey is for another address.');
      const counter = await verifyAssertion(assertion, passkey, place);
      if (!(await passkeys.use(user, passkey.credential, counter, now()))) {
        throw untrusted('The passkey’s counter has gone back: there may be a copy of it.', {
          hint: 'Log in another way, remove this passkey and add a new one.',
        });
      }
    } catch (error) {
      const { message, hint } = toErrorData(error);
      const reason = hint === undefined ? message : `${message} ${hint}`;
      record('login.failed', user, false, { connector: passkeyMethod.kind, reason });
      if (lockout.failed(user)) record('login.locked_out', user, false, { reason: 'too many failures in a row' });
      throw error;
    }
    lockout.succeeded(user);
    return { passkeyOf: user };
  }

  async function finishCreation({ name }: Attempt, answer: unknown, place: Place): Promise<Outcome> {
    return { newPasskey: { ...(await verifyCreation(answer, place)), name, createdAt: now() } };
  }

  const api: PasskeyApi = {
    passkeyOffer(origin) {
      const { localAuth, secondFactor } = resources.authPreference();
      if (!localAuth || secondFactor === 'otp') return 'policy';
      return rpIdOf(origin) === undefined ? 'address' : 'offered';
    },

    async takePasskeyAnswer(state, answer) {
      await audit.room();
      const awaited = await attempts.takeAnswer(state);
      if (!awaited || isByConnector(awaited.attempt)) {
        throw new RolegateError('not_found', 'Nothing waits for this: it was used already, or its time is over.', {
          hint: 'Begin again in Rolegate.',
        });
      }
      const { attempt, remembered } = awaited;
      const place = { challenge: state, origin: remembered.origin ?? '', rpId: remembered.rpId ?? '' };
      const judged = attempt.kind === 'passkey' ? finishLogin(answer, place) : finishCreation(attempt, answer, place);
      const outcome = await judged.catch((error: unknown): Outcome => {
        if (!(error instanceof RolegateError)) {
          log.error('A passkey failed for a reason of ours.', { reason: String((error as Error)?.stack ?? error) });
        }
        return { error: toErrorData(error) };
      });
      return { port: attempt.port, state: attempt.state, code: await attempts.settle(attempt, outcome) };
    },

    async startPasskey(token, { name, password, code, port, state, challenge }) {
      await audit.room();
      requireAllowed();
      const { user } = await sessions.requireLogin(token);
      requireLocal(user);
      await credentials.confirm(user, { password, code });
      return attempts.open({ kind: 'new-passkey', name, port, state, challenge, user });
    },

    async finishPasskey(token, { code, verifier }) {
      await audit.room();
      const { user } = await sessions.requireLogin(token);
      requireLocal(user);
      const { attempt, outcome } = await attempts.collect(code, verifier);
      if (attempt.user !== user) throw new RolegateError('access_denied', 'This passkey was made for another user.');
      if ('error' in outcome) throw RolegateError.fromData(outcome.error);
      if (!('newPasskey' in outcome)) throw new RolegateError('bad_input', 'No passkey was made.');
      await passkeys.add(user, outcome.newPasskey);
      record('passkey.added', user, true, { resource: { kind: 'passkey', name: attempt.name } });
    },

    async renamePasskey(token, { id, name }) {
      await audit.room();
      const { user } = await sessions.requireLogin(token);
      catalog.requireUser(user);
      const before = (await passkeys.of(user)).find(({ credential }) => passkeyId(credential) === id)?.name;
      await passkeys.rename(user, id, name);
      record('passkey.renamed', user, true, { resource: { kind: 'passkey', name, before, after: name } });
    },

    async removePasskey(token, { id, password, code }) {
      await audit.room();
      const { user } = await sessions.requireLogin(token);
      catalog.requireUser(user);
      await credentials.confirm(user, { password, code });
      const { secondFactor } = resources.authPreference();
      const isNeeded = secondFactor === 'webauthn' || (secondFactor === 'on' && !(await secondFactors.has(user)));
      if (isNeeded && (await passkeys.of(user)).length === 1) {
        throw new RolegateError('access_denied', 'This cluster wants a second factor, and this is your last one.', {
          hint: 'Add another passkey first.',
        });
      }
      const { name } = await passkeys.remove(user, id);
      record('passkey.removed', user, true, { resource: { kind: 'passkey', name } });
    },
  };

  return {
    api,
    requireAllowed,
    async begin(attempt, origin) {
      const rpId = rpIdOf(origin);
      if (rpId === undefined) throw noPasskeysHere();
      const { user } = attempt;
      const challenge = newToken();
      const place = { challenge, origin, rpId };
      const options =
        user === undefined
          ? await requestOptions(place)
          : await creationOptions(place, {
              name: user,
              cluster,
              handle: await passkeys.handle(user),
              passkeys: await passkeys.of(user),
            });
      await attempts.expectAnswer(attempt, challenge, { origin, rpId });
      return { kind: user === undefined ? 'passkey' : 'new-passkey', state: challenge, options };
    },
  };
}

function noPasskeysHere(): RolegateError {
  return new RolegateError('bad_input', 'Browsers have no passkeys for an IP address.', {
    hint: 'Use the app-service under a host name.',
  });
}
