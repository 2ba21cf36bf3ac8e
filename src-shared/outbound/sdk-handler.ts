import type { Agent } from 'node:https';
import type { Outbound } from './outbound.ts';

/**
 * The settings of the AWS SDK's HTTP handler for a client of one host.
 *
 * @returns undefined where the host is reached directly, which is what the SDK does by itself
 */
export async function sdkHandler(
  outbound: Outbound | undefined,
  host: string,
): Promise<{ httpsAgent: Agent } | undefined> {
  const proxy = outbound?.proxyFor(host, 443);
  if (!proxy) return undefined;
  // Loaded where there is a proxy only.
  const { HttpsProxyAgent } = await import('https-proxy-agent');
  return { httpsAgent: new HttpsProxyAgent(proxy.href, { keepAlive: true }) as unknown as Agent };
}
