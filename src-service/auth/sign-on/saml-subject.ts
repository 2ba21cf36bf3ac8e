import type { Profile } from '@node-saml/node-saml';

/** What an assertion must be for. */
export interface Expected {
  /** The provider's entity id. */
  issuer: string;
  /** Where it had to be sent. */
  acs: string;
  /** The request that it answers. */
  requestId: string;
  now: number;
  clockSkew: number;
}

interface ConfirmationXml {
  $?: { Method?: string };
  SubjectConfirmationData?: { $?: { Recipient?: string; InResponseTo?: string; NotOnOrAfter?: string } }[];
}
interface AssertionXml {
  Assertion?: { Subject?: { SubjectConfirmation?: ConfirmationXml[] }[] };
}

const bearer = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';

/**
 * Checks in the signed assertion itself that it is from this provider, for this service, and an answer to this
 * request. The response round it need not be signed, so what that says proves nothing: an assertion that was made for
 * somebody else could be put into a new response.
 *
 * Source: SAML 2.0 Profiles (saml-profiles-2.0-os) §4.1.4.2 and §4.1.4.3.
 *
 * @throws Error with the reason
 */
export function requireForUs(profile: Profile, { issuer, acs, requestId, now, clockSkew }: Expected): void {
  if (profile.issuer !== issuer) throw new Error(`It is from ${profile.issuer}, not from ${issuer}.`);
  const { Assertion: assertion } = (profile.getAssertion?.() ?? {}) as AssertionXml;
  const confirmations = assertion?.Subject?.[0]?.SubjectConfirmation ?? [];
  const isOurs = confirmations.some(({ $: { Method } = {}, SubjectConfirmationData: [data] = [] }) => {
    const { Recipient, InResponseTo, NotOnOrAfter = '' } = data?.$ ?? {};
    const isInTime = Date.parse(NotOnOrAfter) + clockSkew > now;
    return Method === bearer && Recipient === acs && InResponseTo === requestId && isInTime;
  });
  if (!isOurs) throw new Error('It is no answer to this sign-on, or not for this service.');
}
