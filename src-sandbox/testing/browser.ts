import type { Sandbox } from '../sandbox.ts';
import type { Credentials } from './test-sandbox.ts';

/** Asks for a sign-in token. */
export function askForToken(sandbox: Sandbox, session: unknown, more: Record<string, string> = {}): Promise<Response> {
  const query = new URLSearchParams({ Action: 'getSigninToken', Session: JSON.stringify(session), ...more });
  return fetch(`${sandbox.endpoints.signin}/federation?${query}`);
}

/** Credentials as the sign-in endpoint wants them. */
export function sessionOf({ accessKeyId, secretAccessKey, sessionToken }: Credentials) {
  return { sessionId: accessKeyId, sessionKey: secretAccessKey, sessionToken };
}

/** A link that signs in to the console. */
export async function signInLink(sandbox: Sandbox, credentials: Credentials, destination: string): Promise<string> {
  const { SigninToken } = (await (await askForToken(sandbox, sessionOf(credentials))).json()) as {
    SigninToken: string;
  };
  const query = new URLSearchParams({
    Action: 'login',
    Issuer: 'https://rolegate.example',
    Destination: destination,
    SigninToken,
  });
  return `${sandbox.endpoints.signin}/federation?${query}`;
}

/** What a page is to a browser that keeps one cookie. */
export interface Page {
  status: number;
  headers: Headers;
  html: string;
  /** To be sent with the next request. */
  cookie: string;
}

/** Opens an address as a browser would by a link: follows redirects, and takes the cookie along. */
export async function open(url: string, cookie = '', method = 'GET'): Promise<Page> {
  const response = await fetch(url, { method, redirect: 'manual', headers: cookie === '' ? {} : { cookie } });
  const set = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
  const location = response.headers.get('location');
  if (location !== null) return open(new URL(location, url).href, set);
  return { status: response.status, headers: response.headers, html: await response.text(), cookie: set };
}
