import { memoize, memoizeByObject } from '../memoize.ts';
import { hostKey } from './host-key.ts';
import type { AwsHost } from './hosts.ts';
import { isS3Name, parseS3Host, s3SigningName } from './s3-hosts.ts';
import { answersUnder, isKeyOfAws, type Service, servicesSignedAs } from './services.ts';
import { tenantService } from './tenants.ts';

/**
 * Whether a request signed for `signingName` may go to this host of AWS: a host that AWS runs for a service takes
 * that service's signing name only. Hosts that customers answer on (see {@link tenantService}), machines, load
 * balancers and databases take none.
 */
export function hostServes(host: AwsHost, signingName: string): boolean {
  return servedBy(host)(signingName).serves;
}

const namesAtHost = 64;
const servedBy = memoizeByObject((host: AwsHost) =>
  memoize((signingName) => ({ serves: takes(host, signingName.toLowerCase()) }), namesAtHost),
);

function takes(host: AwsHost, name: string): boolean {
  const s3 = parseS3Host(host);
  if (s3) return s3SigningName(s3) === name;
  if (isS3Name(name) || tenantService(host)) return false;
  if (servicesSignedAs(name).length > 0) return servicesAt(host, name).length > 0;
  return isNewService(host, name);
}

/** The services that are signed with a name and answer under a host; S3's are `parseS3Host`'s business. */
export function servicesAt(host: AwsHost, signingName: string): readonly Service[] {
  return answeringAt(host)(signingName);
}

const answeringAt = memoizeByObject((host: AwsHost) => {
  const found = hostKey(host);
  return memoize(
    (signingName) => (found ? servicesSignedAs(signingName).filter((service) => answersUnder(service, found.key)) : []),
    namesAtHost,
  );
});

/** A service that is newer than the data has the host that every service has: `<signing name>.<region>.<suffix>`. */
function isNewService(host: AwsHost, name: string): boolean {
  if (!/^[a-z0-9-]{1,63}$/.test(name) || notAService.has(name)) return false;
  const key = hostKey(host)?.key;
  return key === `${name}.{}` && !isKeyOfAws(key);
}

/** Labels that stand where a service's name would, before hosts of machines and load balancers. */
const notAService = new Set(['compute', 'elb', 'cache', 'vpce']);
