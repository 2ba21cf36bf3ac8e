import type { AccountInfo } from '../../../src-shared/contracts/account-api.ts';
import type { SignInOffer } from '../../../src-shared/contracts/sign-on-api.ts';
import { RolegateError } from '../../../src-shared/errors.ts';
import type { FakeBridge, Handlers } from './fake-bridge.ts';
import { user } from './people.ts';

/** The secret that every authenticator of this world is made from, and the one code that is right. */
const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const rightCode = '123456';
/** The invitation of the first administrator, and one that is over; all others are for alice. */
const firstInvitation = 'b'.repeat(43);
const usedInvitation = 'c'.repeat(43);
const offer = { secret, url: `otpauth://totp/Rolegate%20sandbox:alice?issuer=Rolegate%20sandbox&secret=${secret}` };

/** What a login screen offers in this world, and how an account looks. */
export interface AccountWorld {
  offer: SignInOffer;
  account: AccountInfo;
  /** Whether the IAM roles want a code at the start of each session. */
  sessionCodes: boolean;
}

export const plainAccount: AccountWorld = {
  offer: { password: true, connectors: [] },
  account: { authenticator: false, passkeys: [], secondFactor: 'optional' },
  sessionCodes: false,
};

/** A company that has a few. */
export const connectors: SignInOffer['connectors'] = [
  { kind: 'oidc', name: 'okta', display: 'Okta' },
  { kind: 'github', name: 'github', display: 'GitHub' },
  { kind: 'saml', name: 'adfs', display: 'the company’s directory' },
];

/** @throws RolegateError as the service does without a code, and with a wrong one */
export function requireCode(code: string | undefined): void {
  if (code === rightCode) return;
  if (code === undefined) throw new RolegateError('needs_code', 'A code of your authenticator app is needed.');
  throw new RolegateError('access_denied', 'The code is wrong, or was used already.', {
    hint: 'Wait for the next code.',
  });
}

/** 22 characters, as the service’s are. */
function newPasskeyId(): string {
  return crypto.randomUUID().replaceAll('-', '').slice(0, 22);
}

export function accountHandlers(bridge: FakeBridge, world: AccountWorld) {
  return {
    'session.signInOffer': () => world.offer,
    'session.signOn': ({ kind, name }) => {
      const display = world.offer.connectors.find((one) => one.kind === kind && one.name === name)?.display ?? name;
      const url = `https://rolegate.example.com:3080/v1/sso/go/${'x'.repeat(43)}`;
      bridge.change({ signingIn: { kind, name, display, url, opened: true, expiresAt: Date.now() + 600_000 } });
      return new Promise(() => undefined);
    },
    'session.openSignOnAgain': () => ({}),
    'session.cancelSignOn': () => {
      bridge.change({}, ['signingIn']);
      return {};
    },
    'account.lookAtInvitation': ({ invitation }) => {
      if (invitation === usedInvitation) {
        throw new RolegateError(
          'not_found',
          'This invitation is not valid: it was used already, or its time is over.',
          {
            hint: 'Ask your administrator for another one.',
          },
        );
      }
      return {
        ...(invitation !== firstInvitation && { user: 'alice' }),
        cluster: bridge.state.cluster,
        expiresAt: Date.now() + 3_600_000,
        secondFactor: world.account.secondFactor,
        authenticator: offer,
      };
    },
    'account.acceptInvitation': ({ code, user: chosen }) => {
      if (world.account.secondFactor === 'required' || code !== undefined) requireCode(code);
      bridge.change({ phase: 'signed-in', user: { ...user('alice'), ...(chosen !== undefined && { name: chosen }) } });
      return {};
    },
    'account.get': () => world.account,
    'account.newAuthenticator': () => offer,
    'account.addAuthenticator': ({ code }) => {
      requireCode(code);
      world.account = { ...world.account, authenticator: true };
      return {};
    },
    'account.removeAuthenticator': ({ code }) => {
      requireCode(code);
      world.account = { ...world.account, authenticator: false };
      return {};
    },
    'account.addPasskey': ({ name }) => {
      world.account = {
        ...world.account,
        passkeys: [...world.account.passkeys, { id: newPasskeyId(), name, createdAt: Date.now() }],
      };
      return {};
    },
    'account.renamePasskey': ({ id, name }) => {
      const passkeys = world.account.passkeys.map((one) => (one.id === id ? { ...one, name } : one));
      world.account = { ...world.account, passkeys };
      return {};
    },
    'account.removePasskey': ({ id, code }) => {
      if (world.account.authenticator) requireCode(code);
      world.account = { ...world.account, passkeys: world.account.passkeys.filter((one) => one.id !== id) };
      return {};
    },
    'account.changePassword': ({ newPassword }) => {
      if (newPassword.length < 12) {
        throw new RolegateError('bad_input', 'A password has 12 characters at least.', {
          hint: 'Several words make a good one.',
        });
      }
      return {};
    },
  } satisfies Partial<Handlers>;
}
