import type { ClientAuth, Configuration } from 'openid-client';
import { callbackPath } from '../../../src-shared/contracts/sign-on-api.ts';
import { RolegateError } from '../../../src-shared/errors.ts';
import type { OidcSpec } from '../../resources/kinds/connectors.ts';
import { plainLine, runChecks, sentence } from './checks.ts';
import { type Claims, claimTraits, firstClaim } from './claims.ts';
import { type Connector, type ConnectorParts, type Identity, providerTimeout } from './connector.ts';
import { mappedRoles } from './mapping.ts';
import type { ProviderFetch } from './provider-fetch.ts';
import { unreachable, untrusted } from './refusals.ts';

const defaultScope = ['openid', 'email', 'profile'];
/** What a provider says of itself is asked for anew after so long. */
const discoveryLifetime = 3_600_000;

/** A provider that speaks OpenID Connect: the authorization code flow with PKCE, state and nonce. */
export function oidcConnector(name: string, spec: OidcSpec, { fetch, now }: ConnectorParts): Connector {
  const id = { kind: 'oidc', name } as const;
  let discovered: { at: number; config: Promise<Configuration> } | undefined;

  function configuration(): Promise<Configuration> {
    if (discovered && now() - discovered.at < discoveryLifetime) return discovered.config;
    const config = discover(spec, fetch);
    const current = { at: now(), config };
    discovered = current;
    config.catch(() => {
      if (discovered === current) discovered = undefined;
    });
    return config;
  }

  async function requireConfiguration(): Promise<Configuration> {
    return configuration().catch((error: unknown) => {
      throw unreachable(name, error);
    });
  }

  return {
    id,
    display: spec.display ?? name,

    async begin(state, origin) {
      const client = await import('openid-client');
      const config = await requireConfiguration();
      const redirectUri = redirectUriOf(spec, origin);
      const verifier = client.randomPKCECodeVerifier();
      const nonce = client.randomNonce();
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: [...new Set([...defaultScope, ...(spec.scope ?? [])])].join(' '),
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
        ...(spec.prompt !== undefined && { prompt: spec.prompt }),
        ...(spec.acr_values !== undefined && { acr_values: spec.acr_values }),
        ...(spec.max_age !== undefined && { max_age: String(spec.max_age) }),
      });
      return { url: url.href, remembered: { redirectUri, verifier, nonce, state } };
    },

    async finish(answer, { redirectUri = '', verifier = '', nonce = '', state = '' }) {
      const client = await import('openid-client');
      const config = await requireConfiguration();
      try {
        const tokens = await client.authorizationCodeGrant(config, new URL(`${redirectUri}?${answer}`), {
          pkceCodeVerifier: verifier,
          expectedNonce: nonce,
          expectedState: state,
          idTokenExpected: true,
          ...(spec.max_age !== undefined && { maxAge: spec.max_age }),
        });
        const idClaims = tokens.claims();
        if (!idClaims) throw new Error('There is no ID token in its answer.');
        // What is in the ID token goes before what the user info endpoint adds to it.
        const more = config.serverMetadata().userinfo_endpoint
          ? await client.fetchUserInfo(config, tokens.access_token, idClaims.sub)
          : {};
        return identity(name, spec, claimTraits({ ...more, ...idClaims }));
      } catch (error) {
        throw error instanceof RolegateError ? error : providerError(name, error);
      }
    },

    test: () =>
      runChecks([
        ['The provider describes itself', async () => (await discover(spec, fetch)).serverMetadata().issuer],
        ['Its signing keys can be fetched', () => fetchKeys(spec, fetch)],
      ]),

    registration: (origin) => [{ what: 'Redirect address', value: redirectUriOf(spec, origin) }],
  };
}

async function discover(spec: OidcSpec, fetch: ProviderFetch): Promise<Configuration> {
  const client = await import('openid-client');
  const issuer = new URL(spec.issuer_url);
  return client.discovery(
    issuer,
    spec.client_id,
    undefined,
    spec.client_secret === undefined ? client.None() : secretAuth(client, spec.client_secret),
    {
      timeout: providerTimeout / 1_000,
      // The options are the standard's; the library's type of them is stricter.
      [client.customFetch]: (address, options) => fetch(address, options as RequestInit),
      // A document takes plain http for this machine only: tests and development.
      ...(issuer.protocol === 'http:' && { execute: [client.allowInsecureRequests] }),
    },
  );
}

/** Sends the secret as the provider takes it. Where it says nothing, that is Basic (OpenID Connect Discovery 1.0 §3). */
function secretAuth(client: typeof import('openid-client'), secret: string): ClientAuth {
  const [basic, post] = [client.ClientSecretBasic(secret), client.ClientSecretPost(secret)];
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return (methods.includes('client_secret_basic') ? basic : post)(server, ...rest);
  };
}

async function fetchKeys(spec: OidcSpec, fetch: ProviderFetch): Promise<string> {
  const { jwks_uri: address = '' } = (await discover(spec, fetch)).serverMetadata();
  const reply = await fetch(address, { signal: AbortSignal.timeout(providerTimeout) });
  const { keys = [] } = (await reply.json()) as { keys?: unknown[] };
  if (!reply.ok || keys.length === 0) throw new Error(`${address} has no keys (HTTP ${reply.status}).`);
  return `${keys.length} at ${address}`;
}

/** Of several redirect addresses, the one on the origin at which the browser reaches this service. */
function redirectUriOf({ redirect_url: configured }: OidcSpec, origin: string): string {
  const urls = [configured ?? []].flat();
  return urls.find((url) => new URL(url).origin === origin) ?? urls[0] ?? `${origin}${callbackPath}`;
}

function identity(connector: string, spec: OidcSpec, claims: Claims): Identity {
  const claim = spec.username_claim ?? 'email';
  const user = firstClaim(claims, claim);
  if (user === undefined) {
    throw untrusted(`${connector} did not say who you are: there is no claim ${claim}.`, {
      hint: `Your administrator can name another one as username_claim, or add a scope. It said: ${Object.keys(claims).join(', ')}.`,
    });
  }
  if (claim === 'email' && firstClaim(claims, 'email_verified') === 'false' && !spec.allow_unverified_email) {
    throw untrusted(`${connector} has not verified that ${user} is your e-mail address.`, {
      hint: 'Have it verified there first.',
    });
  }
  return { user, subject: firstClaim(claims, 'sub'), claims, roles: mappedRoles(spec.claims_to_roles, claims) };
}

/** What a failed answer or exchange means, in words. */
function providerError(name: string, error: unknown): RolegateError {
  const { error: code, error_description: description, code: reason } = error as Record<string, unknown>;
  if (code === 'access_denied')
    return untrusted(`You were not signed in at ${name}.`, {
      hint: plainLine(String(description ?? 'It was cancelled there.')),
    });
  if (typeof code === 'string') {
    const said = description === undefined ? code : `${code}: ${String(description)}`;
    return untrusted(`${name} refused the sign-on: ${plainLine(said)}`);
  }
  if (reason === 'OAUTH_TIMEOUT' || error instanceof TypeError) return unreachable(name, error);
  return untrusted(`What ${name} answered cannot be trusted: ${sentence(error)}`);
}
