import { RolegateError } from '../../src-shared/errors.ts';
import type { Lockout } from '../auth/lockout.ts';
import type { Passwords } from '../auth/passwords.ts';
import type { SecondFactors } from '../auth/second-factors.ts';
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
  /**
   * Checks a code alone, of somebody who is logged in.
   *
   * @throws RolegateError `needs_code` when none was given, `access_denied` for a wrong one or without an authenticator
   */
  checkCode(user: string, code: string | undefined): Promise<void>;
}

export interface CredentialParts {
  passwords: Passwords;
  secondFactors: SecondFactors;
  lockout: Lockout;
  /** Whether there is such a user. */
  isUser: (name: string) => boolean;
  /** Whether nobody may log in without a second factor. */
  demandsSecondFactor: () => boolean;
  record: RecordEvent;
}

export function createCredentials(parts: CredentialParts): Credentials {
  const { passwords, secondFactors, lockout, isUser, demandsSecondFactor, record } = parts;

  function failed(user: string, reason: string, error: RolegateError): never {
    record('login.failed', user, false, { reason });
    if (lockout.failed(user)) record('login.locked_out', user, false, { reason: 'too many failures in a row' });
    throw error;
  }

  return {
    async check(user, { password, code }) {
      lockout.check(user);
      const isRight = (await passwords.verify(user, password)) && isUser(user);
      const wrong = new RolegateError('access_denied', 'The user name or the password is wrong.');
      if (!isRight) failed(user, 'wrong name or password', wrong);
      if (await secondFactors.has(user)) {
        if (code === undefined) throw needsCode();
        if (!(await secondFactors.take(user, code))) failed(user, 'wrong code', wrongCode());
      } else if (demandsSecondFactor()) {
        throw new RolegateError('access_denied', 'This cluster wants a second factor, and you have none.', {
          hint: 'Ask your administrator to reset your account.',
        });
      }
      lockout.succeeded(user);
    },

    async checkCode(user, code) {
      if (!(await secondFactors.has(user))) {
        throw new RolegateError('access_denied', 'This IAM role needs a second factor, and you have none.', {
          hint: 'Add an authenticator app first: rolegate mfa add',
        });
      }
      if (code === undefined) throw needsCode();
      lockout.check(user);
      if (!(await secondFactors.take(user, code))) failed(user, 'wrong code', wrongCode());
      lockout.succeeded(user);
    },
  };
}

function needsCode(): RolegateError {
  return new RolegateError('needs_code', 'A code of your authenticator app is needed.');
}

function wrongCode(): RolegateError {
  return new RolegateError('access_denied', 'The code is wrong, or was used already.', {
    hint: 'Wait for the next code.',
  });
}
