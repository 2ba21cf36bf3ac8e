import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { redirectPath } from '../../src-shared/contracts/sign-on-api.ts';
import type { RolegateError } from '../../src-shared/errors.ts';
import { equalSecrets } from '../../src-shared/sigv4/signing-key.ts';

/** A port of this machine on which a browser is awaited. Source: RFC 8252 §7.3. */
export interface LoopbackRedirect {
  port: number;
  /** Resolves with the code of the one redirect that carries the right state. */
  code: Promise<string>;
  /** What the browser is shown in the end. The redirect is answered only then. @param title of what has worked */
  answer(signedIn: boolean, title?: string): void;
  /** Stops waiting; `code` rejects. */
  close(reason: RolegateError): void;
}

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  connection: 'close',
};
const style =
  ':root{color-scheme:light dark}body{margin:0;min-height:100vh;display:grid;place-items:center;font:15px/1.5 system-ui,sans-serif}main{max-width:32rem;padding:2rem;text-align:center}h1{font-size:1.25rem}';
const styleHash = createHash('sha256').update(style).digest('base64');
const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; frame-ancestors 'none'; base-uri 'none'`;

/**
 * Listens on a free port of 127.0.0.1 for the redirect at the end of a sign-on. Whatever else comes there (a wrong
 * state, the same redirect again, another page or host) is answered and changes nothing.
 */
export async function awaitRedirect(state: string): Promise<LoopbackRedirect> {
  let settle: { resolve: (code: string) => void; reject: (error: RolegateError) => void };
  const code = new Promise<string>((resolve, reject) => {
    settle = { resolve, reject };
  });
  code.catch(() => undefined);
  let waiting: ServerResponse | undefined;

  const server = createServer((request, response) => {
    const parameters = redirectParameters(request, port);
    const found = parameters && codeOf(parameters, state);
    if (!parameters) return send(response, 404, 'There is nothing here', 'Go back to Rolegate.');
    if (waiting) return send(response, 410, 'This was used already', 'Go on in Rolegate, or begin again there.');
    if (found === undefined) {
      return send(response, 400, 'Rolegate waits for another sign-in', 'It goes on waiting for that one.');
    }
    waiting = response;
    settle.resolve(found);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;

  function answer(signedIn: boolean, title = 'You are signed in'): void {
    if (!waiting || waiting.writableEnded) return;
    if (signedIn) send(waiting, 200, title, 'You can close this page and go back to Rolegate.');
    else send(waiting, 200, 'It did not work', 'Go back to Rolegate: it says why.');
  }

  return {
    port,
    code,
    answer,
    close(reason) {
      settle.reject(reason);
      answer(false);
      server.close();
      server.closeIdleConnections();
    },
  };
}

/**
 * The parameters of a request for our one page. Only what names this very address counts: a page elsewhere whose name
 * was made to lead here names another.
 */
function redirectParameters({ method, headers: { host }, url = '' }: IncomingMessage, port: number) {
  const home = `http://127.0.0.1:${port}`;
  if (method !== 'GET' || `http://${host}` !== home || !URL.canParse(url, home)) return undefined;
  const { pathname, searchParams } = new URL(url, home);
  return pathname === redirectPath ? searchParams : undefined;
}

function codeOf(parameters: URLSearchParams, state: string): string | undefined {
  if (!equalSecrets(parameters.get('state') ?? '', state)) return undefined;
  const code = parameters.get('code') ?? '';
  return /^[\w-]{43}$/.test(code) ? code : undefined;
}

function send(response: ServerResponse, status: number, title: string, text: string): void {
  response.writeHead(status, { ...headers, 'content-security-policy': policy });
  response.end(
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><style>${style}</style><main><h1>${title}</h1><p>${text}</p></main></html>\n`,
  );
}
