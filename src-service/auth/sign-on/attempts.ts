import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { errorData } from '../../../src-shared/contracts/common.ts';
import {
  browserHome,
  type ConnectorId,
  type SignOnStart,
  signOnKind,
  signOnMethod,
} from '../../../src-shared/contracts/sign-on-api.ts';
import { RolegateError } from '../../../src-shared/errors.ts';
import type { Backend } from '../../backend/backend.ts';
import { createOneTimeTokens } from '../one-time-tokens.ts';
import { storedPasskey } from '../passkeys/passkey.ts';
import type { Remembered } from './connector.ts';

/** How long people have to sign in at the provider. */
export const attemptLifetime = 10 * 60_000;
/** How long a client has to come for the outcome: the browser hands the code over at once. */
const outcomeLifetime = 60_000;
/** As many sign-ons as may begin within {@link attemptLifetime} at one instance: anybody can begin them. */
const maxOpen = 5_000;

const attempt = signOnMethod.extend(browserHome.shape).extend({
  /** `new-passkey`: somebody who is logged in adds one. */
  kind: z.enum([...signOnKind.options, 'new-passkey']),
  /** Who is logged in, where it is no login. */
  user: z.string().optional(),
});
export type Attempt = z.infer<typeof attempt>;

/** Whether an attempt goes by a provider, and not by a passkey. */
export function isByConnector(one: Attempt): one is Attempt & ConnectorId {
  return one.kind !== 'passkey' && one.kind !== 'new-passkey';
}

const awaited = z.strictObject({ attempt, remembered: z.record(z.string(), z.string()) });
const traits = z.record(z.string(), z.array(z.string()));
const identity = z.strictObject({
  user: z.string(),
  subject: z.string().optional(),
  claims: traits,
  roles: z.array(z.string()),
});
const outcome = z.union([
  z.strictObject({ identity }),
  z.strictObject({ error: errorData }),
  z.strictObject({ passkeyOf: z.string() }),
  z.strictObject({ newPasskey: storedPasskey }),
]);
/** What a sign-on came to. */
export type Outcome = z.infer<typeof outcome>;
const settled = z.strictObject({ attempt, outcome });

/**
 * Sign-ons under way, in the store: any replica can take the next step. Each step has a token of its own: the id with
 * which the browser begins, the state with which the provider sends it back, the code that it brings to the client.
 */
export interface Attempts {
  /** @throws RolegateError `unavailable` when too many are under way */
  open(request: Attempt): Promise<SignOnStart>;
  /** @throws RolegateError `not_found` for an id that is unknown or over */
  require(id: string): Promise<Attempt>;
  /** Notes that a browser is sent to the provider with this state. */
  expectAnswer(attempt: Attempt, state: string, remembered: Remembered): Promise<void>;
  /** Takes up the attempt that a provider's answer is for, once. */
  takeAnswer(state: string): Promise<z.infer<typeof awaited> | undefined>;
  /** @returns the code by which the client gets the outcome */
  settle(attempt: Attempt, outcome: Outcome): Promise<string>;
  /**
   * Gives the outcome to whoever began the attempt.
   *
   * @throws RolegateError `access_denied` for a code that is unknown, over or used, or with another's verifier
   */
  collect(code: string, verifier: string): Promise<z.infer<typeof settled>>;
}

export function createAttempts(backend: Backend, now: () => number): Attempts {
  const ids = createOneTimeTokens(backend, 'sign-on/attempts/', attempt);
  const states = createOneTimeTokens(backend, 'sign-on/states/', awaited);
  const codes = createOneTimeTokens(backend, 'sign-on/codes/', settled);
  const begun: number[] = [];

  /** Whoever cannot log in can write to the store here, so there is a limit to how much. */
  function requireRoom(): void {
    while (begun[0] !== undefined && begun[0] <= now() - attemptLifetime) begun.shift();
    if (begun.length >= maxOpen) {
      throw new RolegateError('unavailable', 'Too many people are signing on at the moment.', {
        hint: 'Try again in a few minutes.',
      });
    }
    begun.push(now());
  }

  return {
    async open(begun) {
      requireRoom();
      const expiresAt = now() + attemptLifetime;
      return { id: await ids.create(begun, expiresAt), expiresAt };
    },

    async require(id) {
      const found = await ids.read(id);
      if (found) return found;
      throw new RolegateError('not_found', 'This sign-on is over.', { hint: 'Begin again in Rolegate.' });
    },

    async expectAnswer(attempt, state, remembered) {
      requireRoom();
      await states.create({ attempt, remembered }, now() + attemptLifetime, state);
    },

    takeAnswer: (state) => states.take(state),
    settle: (attempt, outcome) => codes.create({ attempt, outcome }, now() + outcomeLifetime),

    async collect(code, verifier) {
      const found = await codes.take(code);
      if (found && matches(verifier, found.attempt.challenge)) return found;
      throw new RolegateError('access_denied', 'This sign-on is over, or was not begun here.', {
        hint: 'Begin again.',
      });
    },
  };
}

/** Whether the challenge is the verifier's hash (RFC 7636 §4.6, S256). */
function matches(verifier: string, challenge: string): boolean {
  const hash = createHash('sha256').update(verifier).digest();
  const given = Buffer.from(challenge, 'base64url');
  return given.length === hash.length && timingSafeEqual(given, hash);
}
