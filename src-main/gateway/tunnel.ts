import { lookup } from 'node:dns/promises';
import { BlockList, connect, isIP, type Socket } from 'node:net';
import { connectThrough } from '../../src-shared/outbound/connect.ts';
import type { Outbound } from '../../src-shared/outbound/outbound.ts';
import { noTunnelRules, type TunnelRules } from './tunnel-rules.ts';

/**
 * Tunnels to hosts that are none of ours, untouched: a tool that is pointed at the proxy still wants its package
 * index or its session-manager WebSocket. Never to this machine or a private network, which the tool may not be
 * able to reach for a reason, unless somebody has named the place.
 */

const allowedPorts = new Set([443, 80]);
const connectTimeout = 15_000;

// Two lists: in one, an IPv4 address would also be compared with the IPv6 network that all of them are mapped into.
const privateIpv4 = new BlockList();
const privateIpv6 = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  privateIpv4.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::', 128],
  ['::1', 128],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  privateIpv6.addSubnet(network, prefix, 'ipv6');
}

/** Whether an address belongs to this machine, a private network, or nobody. */
export function isPrivateAddress(address: string): boolean {
  return isIP(address) === 6 ? privateIpv6.check(address, 'ipv6') : privateIpv4.check(address, 'ipv4');
}

/** Why there will be no tunnel, with the HTTP status that says so. */
export class TunnelRefused extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * Connects to a host for a tunnel, through the proxy of this machine's network where there is one. A name that is not
 * known here may be known to the proxy; one that is known must not be that of a private address.
 *
 * @throws TunnelRefused for ports and addresses that are not allowed, and when nothing answers
 */
export async function openTunnel(
  host: string,
  port: number,
  outbound: Outbound,
  rules: TunnelRules = noTunnelRules,
): Promise<Socket> {
  if (!allowedPorts.has(port)) throw new TunnelRefused(403, 'Rolegate tunnels to the ports 443 and 80 only.');
  const proxy = proxyFor(outbound, host, port);
  const addresses = await lookup(host, { all: true }).catch(() => {
    if (proxy) return [];
    throw new TunnelRefused(502, `The name ${host} is not known here.`);
  });
  // All of them, and the one that was checked is the one that is dialled: a name must not change its mind between.
  if (addresses.some(({ address }) => isPrivateAddress(address) && !rules.allows(host, address))) {
    throw new TunnelRefused(403, 'Rolegate does not tunnel to this machine or to private networks.');
  }
  if (proxy) return throughProxy(proxy, host, port);
  const [first] = addresses;
  if (!first) throw new TunnelRefused(502, `The name ${host} has no address.`);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: first.address, port, timeout: connectTimeout, noDelay: true });
    socket.once('connect', () => {
      socket.setTimeout(0);
      resolve(socket);
    });
    socket.once('timeout', () => socket.destroy(new Error('timeout')));
    socket.once('error', () => reject(new TunnelRefused(502, `${host} cannot be reached.`)));
  });
}

function proxyFor(outbound: Outbound, host: string, port: number): URL | undefined {
  try {
    return outbound.proxyFor(host, port);
  } catch (error) {
    throw new TunnelRefused(502, (error as Error).message);
  }
}

async function throughProxy(proxy: URL, host: string, port: number): Promise<Socket> {
  try {
    return await connectThrough(proxy, host, port, connectTimeout);
  } catch (error) {
    throw new TunnelRefused(502, (error as Error).message);
  }
}
