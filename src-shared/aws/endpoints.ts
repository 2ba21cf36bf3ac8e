import { memoize, memoizeByObject } from '../memoize.ts';
import { type Partition, partitionById, partitionOfRegion } from './partitions.ts';
import type { RestRequest } from './path-index.ts';
import { proxyOnlySentence } from './proxy-only.ts';
import { placeOf } from './routes.ts';
import { s3Endpoint } from './s3-endpoint.ts';
import { isS3Name } from './s3-hosts.ts';
import type { Service } from './services.ts';

/** Where a request goes that names no host of AWS itself, or why that cannot be told. */
export type Endpoint =
  | {
      ok: true;
      host: string;
      /** The region to sign for: a global service has one, whatever region the client has in mind. */
      region: string;
    }
  | { ok: false; reason: 'unknown_region' | 'bad_service_name' | 'proxy_only'; message: string };

const noRequest: RestRequest = { method: '', path: '/', query: '', headers: [] };

/**
 * The public endpoint of a service in a region, for requests that do not name one themselves (endpoint mode).
 *
 * Source: the endpoint rules of the public SDKs (`data/`, see `scripts/renew-aws-services.py`). A service that they do
 * not know has the host that new services have, `<signing name>.<region>.<suffix>`.
 *
 * @param signingName the service of the credential scope
 * @param region the region of the credential scope
 * @param request tells apart services that share a signing name, and operations that have hosts of their own
 */
export function endpointHost(signingName: string, region: string, request: RestRequest = noRequest): Endpoint {
  const partition = partitionOfRegion(region) ?? partitionOfPseudoRegion(region);
  if (!partition) {
    const message = `"${region.slice(0, 100)}" is not an AWS region that Rolegate knows.`;
    return { ok: false, reason: 'unknown_region', message };
  }
  if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(signingName)) {
    const message = `"${signingName.slice(0, 100)}" is not the name of an AWS service.`;
    return { ok: false, reason: 'bad_service_name', message };
  }
  const real = partition.regionPattern.test(region) ? region : partition.implicitRegion;
  const name = signingName.toLowerCase();
  if (isS3Name(name)) return s3Endpoint(name, real, partition, request);
  const place = placeOf(name, request);
  if (!place) return { ok: true, host: `${name}.${real}.${partition.dnsSuffix}`, region: real };
  const { service, hostPrefix } = place;
  const reason = hostPrefix === undefined ? 'input' : service.proxyOnly;
  if (reason) return { ok: false, reason: 'proxy_only', message: proxyOnlySentence(service.id, reason) };
  const usual = usualHosts(service)(partition)(real);
  return { ...usual, host: `${hostPrefix}${usual.host}` };
}

/** `aws-global` and its like, which SDKs take for "the region of what is global". */
function partitionOfPseudoRegion(region: string): Partition | undefined {
  return region.endsWith('-global') ? partitionById(region.slice(0, -'-global'.length)) : undefined;
}

const usualHosts = memoizeByObject((service: Service) =>
  memoizeByObject((partition: Partition) => memoize((region: string) => usualHost(service, region, partition), 64)),
);

function usualHost(service: Service, region: string, partition: Partition): { ok: true; host: string; region: string } {
  const { hosts, prefix } = service;
  const template = hosts[region] ?? hosts[partition.id] ?? hosts['*'] ?? `${prefix}.{r}.{s}`;
  const [host = '', signingRegion = '{r}'] = template.split(' ');
  const values: Record<string, string> = {
    '{r}': region,
    '{g}': partition.implicitRegion,
    '{s}': partition.dnsSuffix,
    '{d}': partition.dualStackDnsSuffix,
  };
  const filled = (text: string) => text.replace(/\{[rgsd]\}/g, (token) => values[token] ?? '');
  return { ok: true, host: filled(host), region: filled(signingRegion) };
}
