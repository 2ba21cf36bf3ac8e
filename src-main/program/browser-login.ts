import { createHash, randomBytes } from 'node:crypto';
import type { NewPasskey } from '../../src-shared/contracts/account-api.ts';
import { passkeyMethod } from '../../src-shared/contracts/passkey-method.ts';
import {
  type BrowserHome,
  type FinishSignOnRequest,
  type PasskeyOffer,
  type SignOnMethod,
  type SignOnStart,
  signOnPath,
} from '../../src-shared/contracts/sign-on-api.ts';
import type { SigningIn } from '../../src-shared/contracts/state.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { awaitRedirect, type LoopbackRedirect } from '../session/loopback-redirect.ts';
import type { Caller } from './caller.ts';
import type { Host } from './host.ts';
import type { RunningWay } from './running-way.ts';

/** Logins by the system browser, one at a time. */
export interface BrowserLogin {
  /**
   * Opens the browser at the service, waits until it comes back, and logs in.
   *
   * @throws RolegateError `cancelled`; `not_found` for no such connector; whatever the service says
   */
  run(running: RunningWay, method: SignOnMethod, caller: Caller): Promise<void>;
  /** Makes a passkey for whoever is logged in, in the browser. @throws RolegateError as `run` does */
  addPasskey(running: RunningWay, passkey: NewPasskey, caller: Caller): Promise<void>;
  /** Opens the browser once more, for the login that is under way. */
  openAgain(): Promise<void>;
  cancel(): void;
}

/** What one way through the browser is for. */
interface Errand {
  shown: Pick<SigningIn, 'kind' | 'name' | 'display'>;
  start(home: BrowserHome): Promise<SignOnStart>;
  finish(brought: FinishSignOnRequest): Promise<void>;
  /** What the browser says in the end. */
  done: string;
}

export interface BrowserLoginParts {
  host: Host;
  /** Shows what is waited for; undefined when it is over. */
  show: (signingIn: SigningIn | undefined) => void;
  now: () => number;
}

export function createBrowserLogin({ host, show, now }: BrowserLoginParts): BrowserLogin {
  let current: { redirect: LoopbackRedirect; shown?: SigningIn } | undefined;

  function stop(reason: RolegateError): void {
    current?.redirect.close(reason);
    if (current?.shown) show(undefined);
    current = undefined;
  }

  /** Opens the browser, and shows what is waited for, with the address where none could be opened. */
  async function open(one: NonNullable<typeof current>, shown: SigningIn): Promise<void> {
    one.shown = shown;
    show(shown);
    const opened = await host.openExternal(shown.url);
    if (current !== one || opened === shown.opened) return;
    one.shown = { ...shown, opened };
    show(one.shown);
  }

  async function send({ way }: RunningWay, errand: Errand, caller: Caller): Promise<void> {
    const [state, verifier] = [newSecret(), newSecret()];
    const redirect = await awaitRedirect(state);
    stop(cancelled('Another sign-on was begun.'));
    const mine: NonNullable<typeof current> = { redirect };
    current = mine;
    try {
      const challenge = createHash('sha256').update(verifier).digest('base64url');
      const { port } = redirect;
      const { id, expiresAt } = await errand.start({ port, state, challenge });
      const url = `${way.serviceUrl}${signOnPath}${id}`;
      caller.whenGone(() => redirect.close(cancelled('The sign-on was cancelled.')));
      if (current === mine) await open(mine, { ...errand.shown, url, opened: true, expiresAt });
      const timer = setTimeout(() => redirect.close(timedOut()), Math.max(0, expiresAt - now()));
      const code = await redirect.code.finally(() => clearTimeout(timer));
      try {
        await errand.finish({ code, verifier });
        redirect.answer(true, errand.done);
      } finally {
        host.comeToFront?.();
      }
    } finally {
      // Without effect on a login that has worked: the browser has its answer by then.
      const over = cancelled('The sign-on is over.');
      if (current === mine) stop(over);
      else redirect.close(over);
    }
  }

  return {
    async run(running, wanted, caller) {
      const { way, session } = running;
      if (way.serviceUrl === undefined) throw noSignOn();
      const { kind, name, display } = await findMethod(way.client, wanted);
      const errand: Errand = {
        shown: { kind, name, display },
        start: (home) => way.client.startSignOn({ kind, name, ...home }),
        finish: (brought) => session.finishSignOn(brought),
        done: 'You are signed in',
      };
      await send(running, errand, caller);
    },

    async addPasskey(running, passkey, caller) {
      const { way, session } = running;
      if (way.serviceUrl === undefined) throw noSignOn();
      requirePasskeys((await way.client.info()).signIn?.passkeys);
      const errand: Errand = {
        shown: { kind: 'new-passkey', name: passkey.name, display: passkey.name },
        start: async (home) => way.client.startPasskey(await session.token(), { ...passkey, ...home }),
        finish: async (brought) => way.client.finishPasskey(await session.token(), brought),
        done: 'The passkey was added',
      };
      await send(running, errand, caller);
    },

    async openAgain() {
      if (!current?.shown)
        throw new RolegateError('not_found', 'No sign-on is under way.', { hint: 'Begin a new one.' });
      await open(current, current.shown);
    },

    cancel: () => stop(cancelled('The sign-on was cancelled.')),
  };
}

async function findMethod(client: RunningWay['way']['client'], wanted: SignOnMethod) {
  const { connectors = [], passkeys } = (await client.info()).signIn ?? {};
  if (wanted.kind === 'passkey') {
    requirePasskeys(passkeys);
    return { ...passkeyMethod, display: 'a passkey' };
  }
  const found = connectors.find(({ kind, name }) => kind === wanted.kind && name === wanted.name);
  if (found) return found;
  throw new RolegateError('not_found', `This cluster has no ${wanted.kind} connector ${wanted.name}.`, {
    hint: connectors.length === 0 ? 'It has none at all.' : `It has: ${connectors.map(({ name }) => name).join(', ')}.`,
  });
}

/** @throws RolegateError with the reason where browsers cannot use passkeys at this service */
function requirePasskeys(offer: PasskeyOffer | undefined): void {
  if (offer === 'offered') return;
  if (offer === 'address') {
    throw new RolegateError('bad_input', 'Browsers have no passkeys for an IP address.', {
      hint: 'Connect to the app-service by a host name.',
    });
  }
  throw new RolegateError('access_denied', 'This cluster does not use passkeys.');
}

function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

function cancelled(message: string): RolegateError {
  return new RolegateError('cancelled', message);
}

function timedOut(): RolegateError {
  return new RolegateError('cancelled', 'Nobody signed in within ten minutes.', { hint: 'Begin again.' });
}

function noSignOn(): RolegateError {
  return new RolegateError('bad_input', 'Single sign-on needs an app-service with an address of its own.', {
    hint: 'The sandbox and your own credentials have none: no provider could send anybody back to them.',
  });
}
