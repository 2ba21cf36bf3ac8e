import { memoizeByObject } from '../memoize.ts';
import { fitsPattern, hostKey } from './host-key.ts';
import type { AwsHost } from './hosts.ts';
import { isKeyOfAws } from './services.ts';

/** A host under one of AWS's suffixes on which a customer of AWS answers, or something that a customer made. */
export interface TenantService {
  /** The only names that requests to it are signed with. */
  signingNames: readonly string[];
  /** What answers there, for people. */
  what: string;
}

/** Keys of such hosts (see `hostKey`). What speaks no HTTP on port 443 (RDS, Redshift, ElastiCache) is not here. */
const tenants: readonly (TenantService & { keys: readonly string[] })[] = [
  { keys: ['*.execute-api.{}'], signingNames: ['execute-api'], what: 'an API of Amazon API Gateway' },
  { keys: ['*.lambda-url.{}.on'], signingNames: ['lambda'], what: 'a Lambda function URL' },
  { keys: ['*.{}.es', '*.aos.{}.on'], signingNames: ['es'], what: 'an OpenSearch domain' },
  { keys: ['*.{}.aoss'], signingNames: ['aoss'], what: 'an OpenSearch Serverless collection' },
  { keys: ['*.{}.osis'], signingNames: ['osis'], what: 'an OpenSearch ingestion pipeline' },
  { keys: ['*.{}.cloudsearch'], signingNames: ['cloudsearch'], what: 'a CloudSearch domain' },
  {
    keys: ['*.appsync-api.{}', '*.appsync-realtime-api.{}'],
    signingNames: ['appsync'],
    what: 'a GraphQL or event API of AWS AppSync',
  },
  { keys: ['*.*.vpc-lattice-svcs.{}.on'], signingNames: ['vpc-lattice-svcs'], what: 'a service of VPC Lattice' },
  { keys: ['*.iot.{}'], signingNames: ['iotdata', 'iotdevicegateway'], what: 'an account’s AWS IoT endpoint' },
  { keys: ['*.*.{}.neptune'], signingNames: ['neptune-db'], what: 'a Neptune cluster' },
  { keys: ['*.grafana-workspace.{}'], signingNames: ['grafana'], what: 'a Grafana workspace' },
  {
    keys: ['*.gateway.bedrock-agentcore.{}'],
    signingNames: ['bedrock-agentcore'],
    what: 'a gateway of Bedrock AgentCore',
  },
];

/** The names that requests to such hosts are signed with. */
export const tenantSigningNames: readonly string[] = [...new Set(tenants.flatMap(({ signingNames }) => signingNames))];

/** An interface endpoint that leads to private APIs of API Gateway: which of them, the request's headers say. */
const privateApis = 'execute-api.{}';

/**
 * Whether a host is answered by a customer of AWS, whoever that is: then only requests signed with its own names may
 * go there, and only if the IAM role's rules allow that, since a signature and a session token would reach a stranger.
 * `hostServes` takes no such host.
 *
 * @returns undefined for hosts that AWS answers on, and for those that nothing is signed for
 */
export const tenantService = memoizeByObject((host: AwsHost): TenantService | undefined => {
  const found = hostKey(host);
  if (!found || isKeyOfAws(found.key)) return undefined;
  const key = found.isPrivate && found.key === privateApis ? `*.${privateApis}` : found.key;
  return tenants.find(({ keys }) => keys.some((pattern) => key === pattern || fitsPattern(key, pattern)));
});
