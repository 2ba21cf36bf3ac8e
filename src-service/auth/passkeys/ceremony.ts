import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { z } from 'zod';
import { RolegateError } from '../../../src-shared/errors.ts';
import { plainLine } from '../sign-on/checks.ts';
import { untrusted } from '../sign-on/refusals.ts';
import type { Passkey } from './passkey.ts';

/** What the browser's page is told to ask the authenticator for. */
export type CeremonyOptions = Record<string, unknown>;

/** Where a ceremony takes place: the service as the browser sees it. The challenge is base64url. */
export interface Place {
  challenge: string;
  origin: string;
  rpId: string;
}

const timeout = 5 * 60_000;
const binary = z.string().max(16_384);
const shared = { id: binary, rawId: binary, type: z.literal('public-key') };
const registration = z.object({
  ...shared,
  response: z.object({
    clientDataJSON: binary,
    attestationObject: binary,
    transports: z.array(z.string().max(32)).max(10).optional(),
  }),
});
const assertion = z.object({
  ...shared,
  response: z.object({
    clientDataJSON: binary,
    authenticatorData: binary,
    signature: binary,
    userHandle: binary.optional(),
  }),
});
export type Assertion = z.infer<typeof assertion>;

/** Options for `navigator.credentials.create`: discoverable, user verification required, no attestation asked for. */
export async function creationOptions(
  { challenge, rpId }: Place,
  user: { name: string; handle: string; cluster: string; passkeys: readonly Passkey[] },
): Promise<CeremonyOptions> {
  const { generateRegistrationOptions } = await import('@simplewebauthn/server');
  const options = await generateRegistrationOptions({
    rpName: `Rolegate ${user.cluster}`,
    rpID: rpId,
    userName: user.name,
    userID: new Uint8Array(Buffer.from(user.handle, 'base64url')),
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    timeout,
    attestationType: 'none',
    excludeCredentials: user.passkeys.filter((one) => one.rpId === rpId).map(({ credential }) => ({ id: credential })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  return { ...options };
}

/** Options for `navigator.credentials.get`: any passkey of this host, whoever's it is. */
export async function requestOptions({ challenge, rpId }: Place): Promise<CeremonyOptions> {
  const { generateAuthenticationOptions } = await import('@simplewebauthn/server');
  const options = await generateAuthenticationOptions({
    rpID: rpId,
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    timeout,
    userVerification: 'required',
  });
  return { ...options };
}

/** @throws RolegateError `access_denied` for an answer that proves nothing */
export async function verifyCreation(answer: unknown, place: Place): Promise<Omit<Passkey, 'name' | 'createdAt'>> {
  const { response, ...head } = parsed(registration, answer);
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
  const { registrationInfo } = await trusted(() =>
    verifyRegistrationResponse({
      response: { ...head, response, clientExtensionResults: {} } as RegistrationResponseJSON,
      ...expected(place),
    }),
  );
  if (!registrationInfo) throw untrusted('The new passkey cannot be trusted.');
  const { id, publicKey, counter } = registrationInfo.credential;
  return {
    credential: id,
    publicKey: Buffer.from(publicKey).toString('base64url'),
    counter,
    transports: response.transports ?? [],
    rpId: place.rpId,
  };
}

/** @throws RolegateError `access_denied` for something else than an assertion */
export function parseAssertion(answer: unknown): Assertion {
  return parsed(assertion, answer);
}

/**
 * Whether an assertion was made with this passkey, here and now.
 *
 * @returns the authenticator's counter, which is not compared
 * @throws RolegateError `access_denied`
 */
export async function verifyAssertion({ response, ...head }: Assertion, passkey: Passkey, place: Place) {
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
  const { verified, authenticationInfo } = await trusted(() =>
    verifyAuthenticationResponse({
      response: { ...head, response, clientExtensionResults: {} } as AuthenticationResponseJSON,
      ...expected(place),
      // Its counter is compared where it is written: two uses at once see each other there.
      credential: {
        id: passkey.credential,
        publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
        counter: 0,
      },
    }),
  );
  if (!verified) throw untrusted('The passkey’s signature is wrong.');
  return authenticationInfo.newCounter;
}

function expected({ challenge, origin, rpId }: Place) {
  return {
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: rpId,
    requireUserVerification: true,
  };
}

function parsed<Schema extends z.ZodType>(schema: Schema, answer: unknown): z.output<Schema> {
  const result = schema.safeParse(answer);
  if (result.success) return result.data;
  throw untrusted('The browser’s answer is none of a passkey.');
}

/** The library throws plain errors for whatever does not fit; all of them come from what was sent. */
async function trusted<Result>(verify: () => Promise<Result>): Promise<Result> {
  try {
    return await verify();
  } catch (error) {
    if (error instanceof RolegateError) throw error;
    throw untrusted('The passkey’s answer cannot be trusted.', {
      hint: plainLine((error as Error).message),
      cause: error,
    });
  }
}
