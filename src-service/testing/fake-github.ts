import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** GitHub's OAuth web flow and the few API calls that sign-ons make, on loopback, as docs.github.com describes them. */
export interface FakeGithub {
  /** The server's address, as a GitHub Enterprise's. */
  url: string;
  client: { id: string; secret: string };
  /** Who sits before the browser. */
  person: { login: string; id: number; teams: string[] } | 'cancels';
  /** The paths of the API that were called. */
  calls: string[];
  close(): Promise<void>;
}

const client = { id: 'Iv1.0123456789abcdef', secret: 'the secret of the OAuth app' };

export async function startFakeGithub(): Promise<FakeGithub> {
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const codes = new Map<string, { challenge: string; redirectUri: string }>();
  const tokens = new Set<string>();
  let last = 0;
  const github: FakeGithub = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    client,
    person: { login: 'octocat', id: 1, teams: [] },
    calls: [],
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '', github.url);
    const json = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
      response.end(JSON.stringify(body));
    };
    github.calls.push(pathname);
    if (pathname === '/login/oauth/authorize') return authorize(searchParams, response);
    if (pathname === '/login/oauth/access_token')
      return json(200, exchange(new URLSearchParams(await textOf(request))));
    if (pathname === `/api/v3/applications/${client.id}/token`) {
      const basic = `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}`;
      const isKnown = request.headers.authorization === basic;
      return json(isKnown ? 404 : 401, { message: isKnown ? 'Not Found' : 'Bad credentials' });
    }
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const { person } = github;
    if (!tokens.has(token) || person === 'cancels') return json(401, { message: 'Bad credentials' });
    if (pathname === '/api/v3/user') return json(200, { login: person.login, id: person.id, type: 'User' });
    if (pathname === '/api/v3/user/teams') {
      const [size, page] = [Number(searchParams.get('per_page') ?? 30), Number(searchParams.get('page') ?? 1)];
      const teams = person.teams.map((team, index) => {
        const [login, slug] = team.split('/');
        return { id: index, name: slug, slug, organization: { login, id: 1 } };
      });
      return json(200, teams.slice((page - 1) * size, page * size));
    }
    json(404, { message: 'Not Found' });
  }

  function authorize(asked: URLSearchParams, response: ServerResponse): void {
    const redirectUri = asked.get('redirect_uri') ?? '';
    const back = new URL(redirectUri);
    back.searchParams.set('state', asked.get('state') ?? '');
    if (github.person === 'cancels') {
      back.searchParams.set('error', 'access_denied');
      back.searchParams.set('error_description', 'The user has denied your application access.');
    } else {
      const code = `code-${last++}`;
      codes.set(code, { challenge: asked.get('code_challenge') ?? '', redirectUri });
      back.searchParams.set('code', code);
    }
    response.writeHead(302, { location: back.href });
    response.end();
  }

  function exchange(form: URLSearchParams): unknown {
    const code = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    if (form.get('client_secret') !== client.secret) return { error: 'incorrect_client_credentials' };
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (code?.challenge !== challenge || code.redirectUri !== form.get('redirect_uri')) {
      return { error: 'bad_verification_code', error_description: 'The code passed is incorrect or expired.' };
    }
    const token = `gho_${last++}`;
    tokens.add(token);
    return { access_token: token, scope: 'read:org', token_type: 'bearer' };
  }

  return github;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
