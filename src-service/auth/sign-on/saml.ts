import { X509Certificate } from 'node:crypto';
import type { Profile, SAML } from '@node-saml/node-saml';
import { acsPath } from '../../../src-shared/contracts/sign-on-api.ts';
import { RolegateError } from '../../../src-shared/errors.ts';
import type { SamlSpec } from '../../resources/kinds/connectors.ts';
import { runChecks, sentence } from './checks.ts';
import { claimTraits, firstClaim } from './claims.ts';
import type { Connector, ConnectorParts, Identity } from './connector.ts';
import { mappedRoles } from './mapping.ts';
import { unreachable, untrusted } from './refusals.ts';
import { type SamlProvider, samlProvider } from './saml-provider.ts';
import { requireForUs } from './saml-subject.ts';

const providerLifetime = 3_600_000;
/** Clocks differ. */
const clockSkew = 60_000;

/** A connector of a SAML 2.0 provider, which also describes this service to it. */
export interface SamlConnector extends Connector {
  /** This service as a service provider: the XML that the provider is set up with. */
  metadata(origin: string): Promise<string>;
}

/** Requests go by redirect, answers come by POST; an answer counts for the one request that it is for. */
export function samlConnector(name: string, spec: SamlSpec, { fetch, now }: ConnectorParts): SamlConnector {
  const id = { kind: 'saml', name } as const;
  let known: { at: number; provider: Promise<SamlProvider> } | undefined;
  const acsOf = (origin: string) => spec.acs ?? `${origin}${acsPath}`;

  function provider(): Promise<SamlProvider> {
    if (known && now() - known.at < providerLifetime) return known.provider;
    const current = { at: now(), provider: samlProvider(spec, fetch) };
    known = current;
    current.provider.catch(() => {
      if (known === current) known = undefined;
    });
    return current.provider;
  }

  const requireProvider = () =>
    provider().catch((error: unknown) => {
      throw unreachable(name, error);
    });

  return {
    id,
    display: spec.display ?? name,

    async begin(state, origin) {
      const acs = acsOf(origin);
      let requestId = '';
      const saml = await endpoint(spec, await requireProvider(), acs, { onRequest: (made) => (requestId = made) });
      const url = await saml.getAuthorizeUrlAsync(state, undefined, {});
      return { url, remembered: { acs, requestId, at: new Date(now()).toISOString() } };
    },

    async finish(answer, { acs = '', requestId = '', at = '' }) {
      const response = answer.get('SAMLResponse');
      if (response === null) throw untrusted(`${name} sent you back without an answer.`);
      // The library reads one without a word; what is declared in it has no place in an answer.
      if (Buffer.from(response, 'base64').includes('<!DOCTYPE')) {
        throw untrusted(`What ${name} answered cannot be trusted: it has a DOCTYPE.`);
      }
      const described = await requireProvider();
      const saml = await endpoint(spec, described, acs, { request: { id: requestId, at } });
      try {
        const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: response });
        if (!profile) throw new Error('It says nothing about anybody.');
        requireForUs(profile, { issuer: described.issuer, acs, requestId, now: Date.now(), clockSkew });
        return identity(name, spec, profile);
      } catch (error) {
        if (error instanceof RolegateError) throw error;
        throw untrusted(`What ${name} answered cannot be trusted: ${sentence(error)}`);
      }
    },

    test: () =>
      runChecks([
        ['The provider’s description can be read', async () => (await samlProvider(spec, fetch)).issuer],
        ['It has an address to sign in at', async () => (await samlProvider(spec, fetch)).sso],
        ['Its certificates are good', async () => certificateDates(await samlProvider(spec, fetch), now())],
      ]),

    registration: (origin) => [
      { what: 'Assertion consumer service (ACS)', value: acsOf(origin) },
      { what: 'Entity id (audience)', value: entityIdOf(spec, acsOf(origin)) },
      { what: 'Metadata', value: `${origin}/v1/sso/saml/${encodeURIComponent(name)}/metadata` },
    ],

    async metadata(origin) {
      const saml = await endpoint(spec, await requireProvider(), acsOf(origin), {});
      return saml.generateServiceProviderMetadata(
        spec.assertion_key_pair?.cert ?? null,
        spec.signing_key_pair?.cert ?? null,
      );
    },
  };
}

interface EndpointUse {
  /** Told of the id of a request that is made. */
  onRequest?: (id: string) => void;
  /** The one request that an answer may be for. */
  request?: { id: string; at: string };
}

/** The SAML library, set up for one request or one answer. */
async function endpoint(spec: SamlSpec, provider: SamlProvider, acs: string, use: EndpointUse): Promise<SAML> {
  const { SAML: Saml, ValidateInResponseTo } = await import('@node-saml/node-saml');
  const entityId = entityIdOf(spec, acs);
  return new Saml({
    idpCert: provider.certificates,
    entryPoint: provider.sso,
    issuer: entityId,
    callbackUrl: acs,
    audience: spec.audience ?? entityId,
    // Either signature covers the assertion; without both the library refuses the answer.
    wantAssertionsSigned: false,
    wantAuthnResponseSigned: false,
    signatureAlgorithm: 'sha256',
    digestAlgorithm: 'sha256',
    identifierFormat: null,
    disableRequestedAuthnContext: true,
    acceptedClockSkewMs: clockSkew,
    validateInResponseTo: ValidateInResponseTo.always,
    cacheProvider: {
      saveAsync: async (id, at) => {
        use.onRequest?.(id);
        return { value: at, createdAt: Date.parse(at) };
      },
      getAsync: async (id) => (id === use.request?.id ? use.request.at : null),
      removeAsync: async (id) => id,
    },
    ...(spec.signing_key_pair?.private_key !== undefined && {
      privateKey: spec.signing_key_pair.private_key,
      publicCert: spec.signing_key_pair.cert,
    }),
    ...(spec.assertion_key_pair?.private_key !== undefined && { decryptionPvk: spec.assertion_key_pair.private_key }),
  });
}

/** The name of this service at the provider; its own address, where the document does not say. */
function entityIdOf(spec: SamlSpec, acs: string): string {
  return spec.service_provider_issuer ?? acs;
}

function identity(name: string, spec: SamlSpec, profile: Profile): Identity {
  const claims = claimTraits((profile['attributes'] ?? {}) as Record<string, unknown>);
  const user = spec.username_attribute === undefined ? profile.nameID : firstClaim(claims, spec.username_attribute);
  if (!user) {
    const what = spec.username_attribute === undefined ? 'NameID' : `attribute ${spec.username_attribute}`;
    throw untrusted(`${name} did not say who you are: there is no ${what}.`);
  }
  const mappings = spec.attributes_to_roles.map(({ name: claim, value, roles }) => ({ claim, value, roles }));
  return { user, claims, roles: mappedRoles(mappings, claims) };
}

function certificateDates({ certificates }: SamlProvider, now: number): string {
  const ends = certificates.map((pem) => Date.parse(new X509Certificate(pem).validTo));
  const last = Math.max(...ends);
  const day = new Date(last).toISOString().slice(0, 10);
  if (last < now) throw new Error(`The last of them ended on ${day}.`);
  return `${certificates.length}, the last until ${day}`;
}
