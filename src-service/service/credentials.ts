import { RolegateError } from '../../src-shared/errors.ts';
import type { Lockout } from '../auth/lockout.ts';
import type { Passwords } from '../auth/passwords.ts';
import type { SecondFactors } from '../auth/second-factors.ts';
import type { Login } from '../auth/sessions.ts';
import type { AuthPreference } from '../resources/kinds/auth-preference.ts';
import type { RecordEvent } from './recorder.ts';

/** What a person gives to show who they are. */
export interface GivenCredentials {
  password: string;
  /** Of the authenticator app. */
  code?: string | undefined;
}

/** Checks passwords and codes of local users. Whoever guesses is slowed down and then locked out. */
export interface Credentials {
  /**
   * @throws RolegateError `access_denied` for wrong ones, with the same words whatever was wrong; `needs_code` when
   *   the password is right and a code is missing
   */
  check(user: string, given: GivenCredentials): Promise<void>;
  /** Checks them once more, of somebody who is logged in. @throws RolegateError as `check` does */
  confirm(user: string, given: GivenCredentials): Promise<void>;
  /**
   * Checks a code alone, of somebody who is logged in.
   *
   * @throws RolegateError `needs_code` when none was given, `access_denied` for a wrong one or without an authenticator
   */
  checkCode(login: Login, code: string | undefined): Promise<void>;
}

export interface CredentialParts {
  passwords: Passwords;
  secondFactors: SecondFactors;
  lockout: Lockout;
  /** Whether there is such a user. */
  isUser: (name: string) => boolean;
  hasPasskey: (user: string) => Promise<boolean>;
  /** What this cluster wants along with a password. */
  secondFactor: () => AuthPreference['secondFactor'];
  now: () => number;
  record: RecordEvent;
}

export function createCredentials(parts: CredentialParts): Credentials {
  const { passwords, secondFactors, lockout, isUser, hasPasskey, secondFactor, record, now } = parts;

  function failed(user: string, reason: string, error: RolegateError): never {
    record('login.failed', user, false, { reason });
    if (lockout.failed(user)) record('login.locked_out', user, false, { reason: 'too many failures in a row' });
    throw error;
  }

  /** Of somebody whose password was right: that does not count as guessing. */
  function refused(user: string, error: RolegateError): never {
    record('login.failed', user, false, { reason: error.message });
    throw error;
  }

  /** Who tries on while a name is locked is written down, too. */
  function requireNotLocked(user: string): void {
    try {
      lockout.check(user);
    } catch (error) {
      record('login.failed', user, false, { reason: 'locked after too many failures' });
      throw error;
    }
  }

  async function check(user: string, { password, code }: GivenCredentials, isLoggedIn: boolean): Promise<void> {
    requireNotLocked(user);
    const isRight = (await passwords.verify(user, password)) && isUser(user);
    const wrong = new RolegateError('access_denied', 'The user name or the password is wrong.');
    if (!isRight) failed(user, 'wrong name or password', wrong);
    if (!isLoggedIn && secondFactor() === 'webauthn') refused(user, wantsPasskey());
    if (await secondFactors.has(user)) {
      if (code === undefined) throw needsCode();
      if (!(await secondFactors.take(user, code))) failed(user, 'wrong code', wrongCode());
    } else if (isLoggedIn) {
      // Whoever has no authenticator app has shown a passkey at the login, where one was wanted.
    } else if (await hasPasskey(user)) {
      refused(user, wantsPasskey());
    } else if (['otp', 'on'].includes(secondFactor())) {
      refused(user, hasNoSecondFactor());
    }
    lockout.succeeded(user);
  }

  return {
    check: (user, given) => lockout.inTurn(user, () => check(user, given, false)),
    confirm: (user, given) => lockout.inTurn(user, () => check(user, given, true)),

    async checkCode({ user, byPasskey = false, startedAt }, code) {
      // A passkey is two factors in one; how long ago it was shown is what makes it one of this session.
      if (code === undefined && byPasskey && now() - startedAt < passkeyCounts) return;
      if (!(await secondFactors.has(user))) {
        if (await hasPasskey(user)) throw wantsPasskeyNow();
        throw new RolegateError('access_denied', 'This IAM role needs a second factor, and you have none.', {
          hint: 'Add an authenticator app first: rolegate mfa add',
        });
      }
      if (code === undefined) throw needsCode();
      await lockout.inTurn(user, async () => {
        requireNotLocked(user);
        if (!(await secondFactors.take(user, code))) failed(user, 'wrong code', wrongCode());
        lockout.succeeded(user);
      });
    },
  };
}

/** For sessions that begin so long after a login with a passkey, it is their second factor. */
const passkeyCounts = 5 * 60_000;

function hasNoSecondFactor(): RolegateError {
  return new RolegateError('access_denied', 'This cluster wants a second factor, and you have none.', {
    hint: 'Ask your administrator to reset your account.',
  });
}

function wantsPasskey(): RolegateError {
  return new RolegateError('access_denied', 'A password alone is not enough: a passkey is wanted.', {
    hint: 'Log in with your passkey: “Use a passkey”, or rolegate login --auth passkey. Without one, ask your administrator to reset your account.',
  });
}

function wantsPasskeyNow(): RolegateError {
  return new RolegateError('access_denied', 'This IAM role needs your passkey, shown within the last five minutes.', {
    hint: 'Log out and log in with your passkey, then start the session; or add an authenticator app.',
  });
}

function needsCode(): RolegateError {
  return new RolegateError('needs_code', 'A code of your authenticator app is needed.');
}

function wrongCode(): RolegateError {
  return new RolegateError('access_denied', 'The code is wrong, or was used already.', {
    hint: 'Wait for the next code.',
  });
}
