import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';
import { RolegateError } from '../errors.ts';
import { type Outbound, portOf, proxyName } from './outbound.ts';

/**
 * Opens a connection to a host through an HTTP proxy (CONNECT, RFC 9110 §9.3.6).
 *
 * @throws RolegateError `unavailable` with what the proxy said, or that it cannot be reached
 */
export function connectThrough(proxy: URL, host: string, port: number, timeout: number): Promise<Socket> {
  const authority = `${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}`;
  const request = (proxy.protocol === 'https:' ? requestHttps : requestHttp)({
    host: proxy.hostname.replace(/^\[|\]$/g, ''),
    port: portOf(proxy),
    method: 'CONNECT',
    path: authority,
    headers: { Host: authority, ...authorization(proxy) },
    agent: false,
    timeout,
  });
  return new Promise((resolve, reject) => {
    request.once('connect', ({ statusCode = 0 }, socket, head) => {
      socket.setTimeout(0);
      if (statusCode === 200) {
        if (head.length > 0) socket.unshift(head);
        resolve(socket as Socket);
        return;
      }
      socket.destroy();
      reject(refused(proxy, host, statusCode));
    });
    // Some proxies refuse with an ordinary answer.
    request.once('response', (response) => {
      response.destroy();
      reject(refused(proxy, host, response.statusCode ?? 0));
    });
    request.once('timeout', () => request.destroy(new Error('timeout')));
    request.once('error', () => reject(unreachable(proxy)));
    request.end();
  });
}

/**
 * A connector for undici that goes the way out: TLS to hosts that need a proxy goes through it, everything else is
 * connected directly. Plain http is for custom upstreams near by, which no proxy leads to.
 */
export function outboundConnector(
  undici: Pick<typeof import('undici'), 'buildConnector'>,
  outbound: Outbound,
  options: buildConnector.BuildOptions & { timeout: number },
): buildConnector.connector {
  const direct = undici.buildConnector(options);
  return (to, done) => {
    const port = Number(to.port) || 443;
    let proxy: URL | undefined;
    try {
      proxy = to.protocol === 'https:' ? outbound.proxyFor(to.hostname, port) : undefined;
    } catch (error) {
      done(error as Error, null);
      return;
    }
    if (!proxy) {
      direct(to, done);
      return;
    }
    connectThrough(proxy, to.hostname, port, options.timeout).then(
      (httpSocket) => direct({ ...to, httpSocket }, done),
      (error: Error) => done(error, null),
    );
  };
}

function authorization({ username, password }: URL): Record<string, string> {
  if (username === '' && password === '') return {};
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'Proxy-Authorization': `Basic ${Buffer.from(credentials).toString('base64')}` };
}

function refused(proxy: URL, host: string, status: number): RolegateError {
  const hint =
    status === 407
      ? 'It wants a user name and a password: http://user:password@host:port in HTTPS_PROXY.'
      : `Ask whoever runs it to let ${host} through, or name the host in NO_PROXY if it can be reached directly.`;
  return new RolegateError(
    'unavailable',
    `The proxy ${proxyName(proxy)} refused a connection to ${host} (${status}).`,
    {
      hint,
    },
  );
}

function unreachable(proxy: URL): RolegateError {
  return new RolegateError('unavailable', `The proxy ${proxyName(proxy)} cannot be reached.`, {
    hint: 'Check HTTPS_PROXY, or the proxy in the settings.',
  });
}
