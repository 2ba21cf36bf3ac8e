import type { Outbound } from '../../../src-shared/outbound/outbound.ts';
import type { ServerSettings } from '../../home/settings.ts';
import type { OpenWay } from '../../program/open-way.ts';

/** The folder name and secret prefix of an app-service: its host and port. */
export function serverName(url: string): string {
  const { hostname, port } = new URL(url);
  return `${hostname.replace(/[^a-z0-9.-]/gi, '_')}_${port || 443}`;
}

/** An app-service elsewhere, over TLS. */
export async function openServerWay(
  { url, caPem, fingerprint }: ServerSettings,
  { folder, version, outbound }: { folder: string; version: string; outbound: Outbound },
): Promise<OpenWay> {
  const { remoteServiceClient } = await import('../../service-client/remote.ts');
  const client = remoteServiceClient({ url, trust: { caPem, fingerprint }, version, outbound });
  const info = await client.info().catch(async (error: unknown) => {
    await client.close();
    throw error;
  });
  // Only a service on this very machine can be a sandbox whose console is on this machine; another that says so
  // would have us open local addresses of its choice.
  const sandbox = isLoopback(url) ? info.sandbox : undefined;
  return {
    way: 'server',
    id: `server/${serverName(url)}`,
    folder,
    client,
    cluster: info.cluster,
    serviceUrl: url,
    sandboxUsers: sandbox?.users ?? [],
    ...(sandbox && { consoleOrigin: sandbox.consoleOrigin }),
    close: () => client.close(),
  };
}

function isLoopback(url: string): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])$/.test(new URL(url).hostname);
}
