import { RolegateError } from '../errors.ts';
import { readProxyAddress } from './proxy-address.ts';

/** How connections leave this machine: directly, or through the HTTP proxy of its network. */
export interface Outbound {
  /**
   * The proxy for connections to a host; undefined for those that are made directly.
   *
   * @throws RolegateError `bad_input` when the proxy is written down wrongly
   */
  proxyFor(host: string, port: number): URL | undefined;
}

/** A proxy as people write it down: `HTTPS_PROXY` and `NO_PROXY`, or the same in the settings. */
export interface ProxySettings {
  /** `http://proxy.example:3128`, with user name and password if it wants them. None when left out. */
  url?: string | undefined;
  /** The password, where it is not part of the address. */
  password?: string | undefined;
  /** Hosts to reach directly: names (with what is under them), `name:port`, addresses, `*` for all. */
  except?: string | undefined;
}

/** Everything is reached directly. */
export const directly: Outbound = { proxyFor: () => undefined };

/**
 * @throws RolegateError `bad_input` when the proxy's address is none
 */
export function outboundThrough({ url = '', except = '', password }: ProxySettings): Outbound {
  if (url.trim() === '') return directly;
  const proxy = proxyUrl(url, password);
  const exceptions = except.split(/[\s,]+/).filter((entry) => entry !== '');
  return {
    proxyFor: (host, port) =>
      isLoopback(host) || exceptions.some((entry) => isExcepted(host, port, entry)) ? undefined : proxy,
  };
}

/**
 * The same, worked out when a connection first needs it: a proxy written down wrongly must not stop what needs none.
 *
 * @param settings asked for each connection; another object means that they have changed
 */
export function outboundLater(settings: () => ProxySettings): Outbound {
  let made: { from: ProxySettings; outbound: Outbound } | undefined;
  return {
    proxyFor(host, port) {
      if (isLoopback(host)) return undefined;
      const from = settings();
      if (made?.from !== from) made = { from, outbound: outboundThrough(from) };
      return made.outbound.proxyFor(host, port);
    },
  };
}

/** What the environment says, as curl reads it: lower case goes before upper case. */
export function environmentProxy(environment: NodeJS.ProcessEnv): ProxySettings {
  const read = (name: string) => environment[name.toLowerCase()] || environment[name] || undefined;
  return { url: read('HTTPS_PROXY'), except: read('NO_PROXY') };
}

/** The same, but never through these ports of this machine: they are the gateway's own, which would ask itself. */
export function notThroughOurselves(outbound: Outbound, ownPorts: () => readonly number[]): Outbound {
  return {
    proxyFor(host, port) {
      const proxy = outbound.proxyFor(host, port);
      return proxy && isLoopback(proxy.hostname) && ownPorts().includes(portOf(proxy)) ? undefined : proxy;
    },
  };
}

/** A proxy's address for people: without its password. */
export function proxyName(proxy: URL): string {
  return `${proxy.protocol}//${proxy.host}`;
}

/** The port that a proxy's address means. */
export function portOf(proxy: URL): number {
  if (proxy.port !== '') return Number(proxy.port);
  return proxy.protocol === 'https:' ? 443 : 80;
}

function proxyUrl(text: string, password: string | undefined): URL {
  const url = readProxyAddress(text);
  if (!url) {
    throw new RolegateError('bad_input', 'The address of the proxy is not one of an HTTP proxy.', {
      hint: 'Write it like http://proxy.example.com:3128, in HTTPS_PROXY or in the settings.',
    });
  }
  if (password !== undefined) url.password = encodeURIComponent(password);
  return url;
}

function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i.test(host) || /\.localhost$/i.test(host);
}

function isExcepted(host: string, port: number, entry: string): boolean {
  if (entry === '*') return true;
  const [, pattern = '', onlyPort] = /^(.*?)(?::(\d{1,5}))?$/.exec(entry.toLowerCase()) ?? [];
  if (onlyPort !== undefined && Number(onlyPort) !== port) return false;
  const name = host.toLowerCase().replace(/^\[|\]$/g, '');
  const suffix = pattern.replace(/^\*?\./, '').replace(/^\[|\]$/g, '');
  return suffix !== '' && (name === suffix || name.endsWith(`.${suffix}`));
}
