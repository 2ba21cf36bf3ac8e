import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { callbackPath } from '../../../src-shared/contracts/sign-on-api.ts';
import { RolegateError } from '../../../src-shared/errors.ts';
import type { GithubSpec } from '../../resources/kinds/connectors.ts';
import { plainLine, runChecks } from './checks.ts';
import { claimTraits } from './claims.ts';
import { type Connector, type ConnectorParts, type Identity, providerTimeout } from './connector.ts';
import type { ProviderFetch } from './provider-fetch.ts';
import { unreachable, untrusted } from './refusals.ts';

const tokenAnswer = z.union([
  z.object({ access_token: z.string().min(1).max(1024) }),
  z.object({ error: z.string(), error_description: z.string().optional() }),
]);
const userAnswer = z.object({ login: z.string().min(1).max(256), id: z.number().int() });
const teamsAnswer = z.array(z.object({ slug: z.string(), organization: z.object({ login: z.string() }) }));
type Teams = z.infer<typeof teamsAnswer>;

type Call = <Schema extends z.ZodType>(address: string, schema: Schema, init: RequestInit) => Promise<z.output<Schema>>;

const teamsPerPage = 100;
const maxTeamPages = 20;
const apiVersion = '2022-11-28';

/**
 * GitHub, or a GitHub Enterprise server: its OAuth web flow, and the teams of whoever signs in.
 *
 * Source: docs.github.com, "Authorizing OAuth apps" and "REST API endpoints for teams".
 */
export function githubConnector(name: string, spec: GithubSpec, { fetch }: ConnectorParts): Connector {
  const call: Call = (address, schema, init) => ask(fetch, address, schema, init);
  const id = { kind: 'github', name } as const;
  const site = (spec.endpoint_url ?? 'https://github.com').replace(/\/+$/, '');
  const api = (spec.api_endpoint_url ?? apiOf(spec.endpoint_url)).replace(/\/+$/, '');
  const redirectUriOf = (origin: string) => spec.redirect_url ?? `${origin}${callbackPath}`;

  async function exchange(code: string, redirectUri: string, verifier: string): Promise<string> {
    const answer = await call(`${site}/login/oauth/access_token`, tokenAnswer, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams({
        client_id: spec.client_id,
        ...(spec.client_secret !== undefined && { client_secret: spec.client_secret }),
        code,
        redirect_uri: redirectUri,
        code_verifier: verifier,
      }),
    });
    if ('access_token' in answer) return answer.access_token;
    throw untrusted(`${name} refused the sign-on: ${plainLine(answer.error_description ?? answer.error)}`);
  }

  async function teamsOf(token: string): Promise<Teams> {
    const teams: Teams = [];
    for (let page = 1; page <= maxTeamPages; page += 1) {
      const address = `${api}/user/teams?per_page=${teamsPerPage}&page=${page}`;
      const found = await call(address, teamsAnswer, asUser(token));
      teams.push(...found);
      if (found.length < teamsPerPage) return teams;
    }
    throw untrusted(`${name} says that you are in more than ${maxTeamPages * teamsPerPage} teams.`);
  }

  return {
    id,
    display: spec.display ?? name,

    async begin(state, origin) {
      const redirectUri = redirectUriOf(origin);
      const verifier = randomBytes(32).toString('base64url');
      const url = new URL(`${site}/login/oauth/authorize`);
      url.search = new URLSearchParams({
        client_id: spec.client_id,
        redirect_uri: redirectUri,
        scope: 'read:org',
        state,
        allow_signup: 'false',
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
      }).toString();
      return { url: url.href, remembered: { redirectUri, verifier } };
    },

    async finish(answer, { redirectUri = '', verifier = '' }) {
      const [error, code] = [answer.get('error'), answer.get('code')];
      if (error === 'access_denied')
        throw untrusted(`You were not signed in at ${name}.`, { hint: 'It was cancelled there.' });
      if (error !== null)
        throw untrusted(`${name} refused the sign-on: ${plainLine(answer.get('error_description') ?? error)}`);
      if (code === null) throw untrusted(`${name} sent you back without a code.`);
      try {
        const token = await exchange(code, redirectUri, verifier);
        const user = await call(`${api}/user`, userAnswer, asUser(token));
        return identityOf(user, await teamsOf(token), spec);
      } catch (error) {
        throw error instanceof RolegateError ? error : unreachable(name, error);
      }
    },

    test: () => runChecks([['The client id and secret are right', () => checkClient(fetch, api, spec)]]),

    registration: (origin) => [{ what: 'Authorization callback URL', value: redirectUriOf(origin) }],
  };
}

/** Source: docs.github.com, "Getting started with the REST API": GitHub Enterprise Server has its API under /api/v3. */
function apiOf(server: string | undefined): string {
  return server === undefined ? 'https://api.github.com' : `${server.replace(/\/+$/, '')}/api/v3`;
}

function identityOf({ login, id }: z.infer<typeof userAnswer>, teams: Teams, spec: GithubSpec): Identity {
  const isIn = (organization: string, team: string) =>
    teams.some((one) => one.organization.login === organization && one.slug === team);
  const mapped = spec.teams_to_roles.filter(({ organization, team }) => isIn(organization, team));
  return {
    user: login,
    subject: String(id),
    claims: claimTraits({
      github_login: login,
      github_orgs: [...new Set(teams.map(({ organization }) => organization.login))],
      github_teams: teams.map(({ organization, slug }) => `${organization.login}/${slug}`),
    }),
    roles: [...new Set(mapped.flatMap(({ roles }) => roles))],
  };
}

/**
 * Asks about a token that nobody has: whoever may ask is told that there is none.
 *
 * Source: docs.github.com, "Check a token": Basic authentication with the client's id and secret; 404 for no token.
 */
async function checkClient(
  fetch: ProviderFetch,
  api: string,
  { client_id: id, client_secret: secret = '' }: GithubSpec,
): Promise<string> {
  const reply = await fetch(`${api}/applications/${encodeURIComponent(id)}/token`, {
    method: 'POST',
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
      'content-type': 'application/json',
      'x-github-api-version': apiVersion,
    },
    body: JSON.stringify({ access_token: 'gho_0000000000000000000000000000000000000' }),
    redirect: 'error',
    signal: AbortSignal.timeout(providerTimeout),
  });
  await reply.body?.cancel();
  if (reply.status === 404 || reply.status === 422) return `${api} knows the client ${id}.`;
  if (reply.status === 401) throw new Error(`${api} does not know this client id with this secret.`);
  throw new Error(`${api} answered with HTTP ${reply.status}.`);
}

function asUser(token: string): RequestInit {
  return {
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${token}`,
      'x-github-api-version': apiVersion,
    },
  };
}

async function ask<Schema extends z.ZodType>(
  fetch: ProviderFetch,
  address: string,
  schema: Schema,
  init: RequestInit,
): Promise<z.output<Schema>> {
  const reply = await fetch(address, { ...init, redirect: 'error', signal: AbortSignal.timeout(providerTimeout) });
  if (!reply.ok) {
    await reply.body?.cancel();
    throw new Error(`${address.split('?')[0]} answered with HTTP ${reply.status}.`);
  }
  const parsed = schema.safeParse(await reply.json());
  if (parsed.success) return parsed.data;
  throw new Error(`${address.split('?')[0]} answered with something else than expected.`);
}
