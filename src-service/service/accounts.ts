import type { AccountApi } from '../../src-shared/contracts/account-api.ts';
import type { Invitation, ResetUserRequest } from '../../src-shared/contracts/admin-api.ts';
import type { LoginGrant } from '../../src-shared/contracts/service-api.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import type { AccessResources, Catalog } from '../access/catalog.ts';
import type { AuditSink } from '../audit/sink.ts';
import type { Invitations } from '../auth/invitations.ts';
import { passkeyId } from '../auth/passkeys/passkey.ts';
import type { Passkeys } from '../auth/passkeys/store.ts';
import { type Passwords, requireGoodPassword } from '../auth/passwords.ts';
import { newTotpSecret, type SecondFactors } from '../auth/second-factors.ts';
import type { Sessions } from '../auth/sessions.ts';
import type { Credentials } from './credentials.ts';
import type { FirstAdministrator } from './first-administrator.ts';
import { requireLocalAuth } from './logins.ts';
import type { RecordEvent } from './recorder.ts';
import type { Revocation } from './revocation.ts';

/** Passwords and second factors of local users, from the invitation to the end. */
export interface Accounts
  extends Omit<AccountApi, 'startPasskey' | 'finishPasskey' | 'renamePasskey' | 'removePasskey'> {
  /** Takes away whatever a user could log in with, and invites to choose a new password. */
  reset(request: ResetUserRequest): Promise<Invitation>;
  /** Takes it away for good, of a user who is none any more. */
  forget(user: string): Promise<void>;
}

export interface AccountParts {
  cluster: string;
  resources: AccessResources;
  catalog: Catalog;
  sessions: Sessions;
  credentials: Credentials;
  passwords: Passwords;
  secondFactors: SecondFactors;
  passkeys: Passkeys;
  invitations: Invitations;
  firstAdministrator: Pick<FirstAdministrator, 'find' | 'accept'>;
  revocation: Revocation;
  audit: AuditSink;
  record: RecordEvent;
  /** Logs in whoever has just proven who they are. */
  grant: (user: string) => Promise<LoginGrant>;
}

export function createAccounts(parts: AccountParts): Accounts {
  const { cluster, resources, catalog, sessions, credentials, passwords, secondFactors, passkeys, invitations } = parts;
  const { firstAdministrator, revocation, audit, record, grant } = parts;

  function secondFactorPolicy(): 'off' | 'optional' | 'required' {
    const { secondFactor } = resources.authPreference();
    // With `webauthn` it is a passkey that is wanted, which an invited user adds once in.
    if (secondFactor === 'webauthn') return 'optional';
    return secondFactor === 'off' || secondFactor === 'optional' ? secondFactor : 'required';
  }

  function requireSecondFactor(code: string | undefined): void {
    if (code !== undefined || secondFactorPolicy() !== 'required') return;
    throw new RolegateError('needs_code', 'This cluster wants a second factor.', {
      hint: 'Put the secret into an authenticator app, and give a code of it.',
    });
  }

  async function requireInvitation(token: string) {
    try {
      return await invitations.require(token);
    } catch (error) {
      if (error instanceof RolegateError && error.code === 'not_found') {
        record('invitation.refused', '', false, { reason: 'it is unknown, was used or is over' });
      }
      throw error;
    }
  }

  async function forget(user: string, reason: string): Promise<void> {
    const { remove } = secondFactors;
    await Promise.all([passwords.remove(user), remove(user), passkeys.removeAll(user), invitations.revoke(user)]);
    await revocation.endUser(user, reason);
  }

  /** The logged-in user, once the password (and the code) have been given again. */
  async function confirmed(token: string, given: { password: string; code?: string | undefined }) {
    const login = await sessions.requireLogin(token);
    catalog.requireUser(login.user);
    await credentials.confirm(login.user, given);
    return login;
  }

  return {
    async account(token) {
      const login = await sessions.requireLogin(token);
      const { connector } = catalog.requireUser(login.user);
      return {
        ...(connector && { connector: { kind: connector.kind, name: connector.name } }),
        authenticator: await secondFactors.has(login.user),
        passkeys: (await passkeys.of(login.user)).map(({ credential, name, createdAt, usedAt }) => ({
          id: passkeyId(credential),
          name,
          createdAt,
          ...(usedAt !== undefined && { usedAt }),
        })),
        secondFactor: secondFactorPolicy(),
      };
    },

    async lookAtInvitation({ invitation: token }) {
      const first = await firstAdministrator.find(token);
      const { user, ...invitation } = first ? { user: undefined, ...first } : await requireInvitation(token);
      const { expiresAt, totpSecret: secret } = invitation;
      const authenticator = { secret, url: secondFactors.url(user ?? 'administrator', secret) };
      const info = { cluster, expiresAt, secondFactor: secondFactorPolicy(), authenticator };
      return user === undefined ? info : { user, ...info };
    },

    async acceptInvitation({ invitation: token, user: chosen, password, code }) {
      await audit.room();
      requireLocalAuth(resources);
      if (await firstAdministrator.find(token)) {
        if (chosen === undefined) throw new RolegateError('bad_input', 'Choose a user name, too.');
        requireGoodPassword(chosen, password);
        requireSecondFactor(code);
        return firstAdministrator.accept(token, { user: chosen, password, code });
      }
      const invitation = await requireInvitation(token);
      const { user, totpSecret } = invitation;
      if (chosen !== undefined && chosen !== user) {
        throw new RolegateError('bad_input', `This invitation is for ${user}.`);
      }
      catalog.requireUser(user);
      requireGoodPassword(user, password);
      requireSecondFactor(code);
      if (code !== undefined && !(await secondFactors.enrol(user, totpSecret, code))) throw wrongCode();
      if (!(await invitations.use(token, invitation))) {
        throw new RolegateError('conflict', 'This invitation has just been used.');
      }
      await passwords.set(user, password);
      record('password.set', user, true, { reason: 'invitation' });
      return grant(user);
    },

    async changePassword(token, { password, newPassword, code }) {
      await audit.room();
      const { user, id } = await confirmed(token, { password, code });
      requireGoodPassword(user, newPassword);
      await passwords.set(user, newPassword);
      record('password.changed', user, true);
      for (const login of await sessions.logins()) {
        if (login.user === user && login.id !== id) await revocation.endLogin(login, 'the password was changed.');
      }
    },

    async newAuthenticator(token) {
      const { user } = await sessions.requireLogin(token);
      const secret = newTotpSecret();
      return { secret, url: secondFactors.url(user, secret) };
    },

    async addAuthenticator(token, { password, secret, code }) {
      await audit.room();
      const login = await sessions.requireLogin(token);
      if (await secondFactors.has(login.user)) {
        throw new RolegateError('conflict', 'You have an authenticator already.', { hint: 'Remove that one first.' });
      }
      const { user } = await confirmed(token, { password });
      if (!(await secondFactors.enrol(user, secret, code))) throw wrongCode();
      record('second_factor.added', user, true);
    },

    async removeAuthenticator(token, { password, code }) {
      await audit.room();
      const { user } = await confirmed(token, { password, code });
      if (secondFactorPolicy() === 'required') {
        throw new RolegateError('access_denied', 'This cluster wants a second factor, so you cannot be without one.');
      }
      await secondFactors.remove(user);
      record('second_factor.removed', user, true);
    },

    async reset({ user, lifetime }) {
      const known = resources.users().get(user);
      if (!known) throw new RolegateError('not_found', `There is no user ${user}.`);
      if (known.connector) {
        const { kind, name } = known.connector;
        throw new RolegateError('conflict', `${user} signs on by ${kind}/${name} and has no password here.`, {
          hint: `To end the logins: rolegate sessions rm --user ${user}`,
        });
      }
      await forget(user, 'the password was reset.');
      return invitations.create(user, lifetime, newTotpSecret());
    },

    forget: (user) => forget(user, 'the user was deleted.'),
  };
}

function wrongCode(): RolegateError {
  return new RolegateError('access_denied', 'The code is wrong.', {
    hint: 'Check that the clock of the device with the authenticator is right.',
  });
}
