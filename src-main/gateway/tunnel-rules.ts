import { BlockList, isIP } from 'node:net';

/** Private places that tunnels may lead to all the same, because somebody has named them. */
export interface TunnelRules {
  /**
   * @param host as the tool asked for it, lower case
   * @param address what the name stands for
   */
  allows(host: string, address: string): boolean;
}

/** Nothing private is reached. */
export const noTunnelRules: TunnelRules = { allows: () => false };

const name = /^\.?(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*$/i;

/** Whether a text is an entry: `10.1.2.3`, `10.1.0.0/16`, `fd00::/8`, `host.example`, or `.example` with what is under it. */
export function isTunnelRule(text: string): boolean {
  return subnetOf(text) !== undefined || (isIP(text) === 0 && !text.includes('/') && name.test(text));
}

/** Rules of entries; what is none (see {@link isTunnelRule}) allows nothing. */
export function tunnelRules(entries: readonly string[]): TunnelRules {
  // Two lists: in one, an IPv4 address would also be compared with the IPv6 network that all of them are mapped into.
  const [ipv4, ipv6] = [new BlockList(), new BlockList()];
  const names: string[] = [];
  for (const entry of entries) {
    const subnet = subnetOf(entry);
    if (subnet) {
      const list = subnet.family === 'ipv4' ? ipv4 : ipv6;
      list.addSubnet(subnet.network, subnet.prefix, subnet.family);
    } else if (isTunnelRule(entry)) names.push(entry.toLowerCase());
  }
  return {
    allows: (host, address) =>
      names.some((one) => (one.startsWith('.') ? host.endsWith(one) : host === one)) ||
      (isIP(address) === 6 ? ipv6.check(address, 'ipv6') : ipv4.check(address, 'ipv4')),
  };
}

function subnetOf(text: string): { network: string; prefix: number; family: 'ipv4' | 'ipv6' } | undefined {
  const [, network = '', bits] = /^([0-9a-f:.]+)(?:\/(\d{1,3}))?$/i.exec(text) ?? [];
  const version = isIP(network);
  if (version === 0) return undefined;
  const longest = version === 4 ? 32 : 128;
  const prefix = bits === undefined ? longest : Number(bits);
  return prefix > longest ? undefined : { network, prefix, family: version === 4 ? 'ipv4' : 'ipv6' };
}
