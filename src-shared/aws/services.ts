import generated from './data/services.generated.json' with { type: 'json' };
import { fitsPattern } from './host-key.ts';

/** A wire protocol, by the name that AWS's models give it; `query-errors` marks JSON and CBOR that carry the codes of
 * the query protocol too (`awsQueryCompatible`). */
export type Protocol = 'json1.0' | 'json1.1' | 'cbor' | 'query' | 'query-errors' | 'ec2' | 'rest-json' | 'rest-xml';

/**
 * Why the host of a service's requests cannot be told from a request that names this machine:
 * `resource`, it belongs to one resource and comes out of an API; `discovery`, the same for an account; `input`, it
 * begins with something from the request's input; `path`, the endpoint has a path of its own.
 */
export type ProxyOnlyReason = 'resource' | 'discovery' | 'input' | 'path';

/** A service of AWS, as its clients know it. Where it differs from the rule only, for the rest see below. */
export interface Service {
  /** The name that SDKs and the aws CLI give it: `dynamodbstreams`. */
  id: string;
  /** The service in a credential scope: `dynamodb`. Several services can share one. */
  signingName: string;
  /** A name that older SDKs sign its requests with. */
  alsoSignedAs?: string;
  /** What stands before the region in its usual hosts: `streams.dynamodb`. */
  prefix: string;
  /**
   * Hosts that are otherwise, by region, by partition, or `*` for the rest. `{r}` is the region, `{g}` the
   * partition's implicit region, `{s}` and `{d}` its DNS suffixes; after a space, the region to sign for.
   */
  hosts: Readonly<Record<string, string>>;
  /** The protocols that it speaks, the one of new clients first. */
  protocols: readonly Protocol[];
  /** Keys of other hosts of it, see `hostKey`; with `*` for any label and `#` for an account number. */
  also: readonly string[];
  proxyOnly?: ProxyOnlyReason;
}

interface RawService {
  signingName?: string;
  alsoSignedAs?: string;
  prefix?: string;
  hosts?: Record<string, string>;
  protocols?: string;
  also?: string[];
  proxyOnly?: ProxyOnlyReason;
}

interface Index {
  byId: ReadonlyMap<string, Service>;
  bySigningName: ReadonlyMap<string, readonly Service[]>;
}

let index: Index | undefined;

function readIndex(): Index {
  if (index) return index;
  const byId = new Map<string, Service>();
  const bySigningName = new Map<string, Service[]>();
  for (const [id, raw] of Object.entries(generated.services as Record<string, RawService>)) {
    const service = complete(id, raw);
    byId.set(id, service);
    for (const name of [service.signingName, ...(service.alsoSignedAs ? [service.alsoSignedAs] : [])]) {
      const key = name.toLowerCase();
      bySigningName.set(key, [...(bySigningName.get(key) ?? []), service]);
    }
  }
  index = { byId, bySigningName };
  return index;
}

function complete(id: string, raw: RawService): Service {
  const signingName = raw.signingName ?? id;
  return {
    id,
    signingName,
    prefix: raw.prefix ?? signingName,
    hosts: raw.hosts ?? {},
    protocols: (raw.protocols ?? 'rest-json').split(' ') as Protocol[],
    also: raw.also ?? [],
    ...(raw.alsoSignedAs && { alsoSignedAs: raw.alsoSignedAs }),
    ...(raw.proxyOnly && { proxyOnly: raw.proxyOnly }),
  };
}

/** All services. Source: botocore's models, see `scripts/renew-aws-services.py`. */
export function allServices(): Iterable<Service> {
  return readIndex().byId.values();
}

/** The service with this id, or undefined. */
export function serviceById(id: string): Service | undefined {
  return readIndex().byId.get(id);
}

/** The services whose requests are signed with this name, in any case; none for a name that the data do not have. */
export function servicesSignedAs(signingName: string): readonly Service[] {
  return readIndex().bySigningName.get(signingName.toLowerCase()) ?? [];
}

/** Whether a service answers under the host with this key, see `hostKey`. */
export function answersUnder(service: Service, key: string): boolean {
  // Without a region: the older name of the endpoint in us-east-1 (monitoring.amazonaws.com), or the only one.
  if (hasUsualHost(service) && (key === `${service.prefix}.{}` || key === service.prefix)) return true;
  return service.also.some((pattern) => pattern === key || fitsPattern(key, pattern));
}

/** The usual host of a service whose requests go to single resources, or to accounts, is nobody's. */
function hasUsualHost({ proxyOnly }: Service): boolean {
  return proxyOnly !== 'resource' && proxyOnly !== 'input';
}

let keys: ReadonlySet<string> | undefined;

/** Whether a host with this key belongs to one of AWS's services, by its full name. */
export function isKeyOfAws(key: string): boolean {
  keys ??= new Set(
    [...allServices()].flatMap((service) =>
      hasUsualHost(service) ? [`${service.prefix}.{}`, ...service.also] : service.also,
    ),
  );
  return keys.has(key);
}
