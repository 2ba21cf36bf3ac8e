import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

/** What a visit ended with. */
export interface Visited {
  url: string;
  status: number;
  body: string;
}

/** A browser as sign-ons need one: cookies, redirects, pages that lead on, and forms that submit themselves. */
export interface TestBrowser {
  /** Goes to an address and wherever that leads. @param until stops before an address for which this is true */
  visit(url: string, until?: (url: string) => boolean): Promise<Visited>;
  /** Sends a form and goes wherever that leads. */
  submit(url: string, form: Record<string, string>, until?: (url: string) => boolean): Promise<Visited>;
}

const maxHops = 20;

/** @param ca PEM of the authority that it trusts for https */
export function createTestBrowser(ca: string): TestBrowser {
  const cookies = new Map<string, Map<string, string>>();

  function send(method: 'GET' | 'POST', address: string, form?: Record<string, string>) {
    const url = new URL(address);
    const jar = cookies.get(url.origin) ?? new Map<string, string>();
    cookies.set(url.origin, jar);
    const body = form && new URLSearchParams(form).toString();
    const headers = {
      ...(jar.size > 0 && { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') }),
      ...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
    };
    return new Promise<Visited & { location: string | undefined }>((resolve, reject) => {
      const start = url.protocol === 'https:' ? requestHttps : requestHttp;
      const sent = start(url, { method, headers, ca, agent: false }, (reply) => {
        for (const cookie of reply.headers['set-cookie'] ?? []) {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
          if (value === '') jar.delete(name);
          else jar.set(name, value);
        }
        let text = '';
        reply.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        const { location } = reply.headers;
        reply.once('end', () => resolve({ url: address, status: reply.statusCode ?? 0, body: text, location }));
      });
      sent.once('error', reject);
      sent.end(body);
    });
  }

  async function follow(first: Awaited<ReturnType<typeof send>>, until: (url: string) => boolean): Promise<Visited> {
    let at = first;
    for (let hop = 0; hop < maxHops; hop += 1) {
      const { url, status, body } = at;
      const form = selfSubmitted(body);
      const next = at.location ?? refreshOf(body) ?? form?.action;
      if (next === undefined) return { url, status, body };
      const address = new URL(next, url).href;
      if (until(address)) return { url: address, status: 0, body: '' };
      at = await (form && next === form.action ? send('POST', address, form.fields) : send('GET', address));
    }
    throw new Error(`${at.url} leads on and on.`);
  }

  const never = () => false;
  return {
    visit: async (url, until = never) => follow(await send('GET', url), until),
    submit: async (url, form, until = never) => follow(await send('POST', url, form), until),
  };
}

function refreshOf(body: string): string | undefined {
  const url = /<meta http-equiv="refresh" content="0;url=([^"]+)">/.exec(body)?.[1];
  return url === undefined ? undefined : unescaped(url);
}

function selfSubmitted(body: string): { action: string; fields: Record<string, string> } | undefined {
  const action = /<form method="post" action="([^"]+)"/.exec(body)?.[1];
  if (action === undefined) return undefined;
  const fields = [...body.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  return {
    action: unescaped(action),
    fields: Object.fromEntries(fields.map(([, name, value]) => [name, unescaped(value ?? '')])),
  };
}

function unescaped(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))).replaceAll('&amp;', '&');
}
