import { z } from 'zod';
import { partitionOfRegion, partitions } from '../../src-shared/aws/partitions.ts';
import type { AppConfig } from '../options.ts';
import { type Finding, text } from '../resources/document.ts';
import { appEntry, appFindings, toApps } from './apps.ts';
import { clusterName, hostAddress, listenAddress, path, paths, publicOrigins, region } from './fields.ts';
import type { ConfigShape } from './read-config.ts';
import { defaultListen, isLoopback, logFormats, logLevels, type ServiceConfig } from './service-config.ts';

const store = z.strictObject({
  type: z.enum(['libsql', 'dynamodb']).default('libsql'),
  table: text.min(3, 'a table’s name has 3 characters at least.').max(255).optional(),
  region: region.optional(),
  endpoint: hostAddress.optional(),
  profile: text.optional(),
});

const outputs = z.array(z.enum(['file', 'stdout']));

const schema = z.strictObject({
  cluster: clusterName,
  listen: listenAddress.default(defaultListen),
  public_addr: publicOrigins,
  tls: z.strictObject({ cert_file: path, key_file: path }).optional(),
  data_dir: path.optional(),
  store: store.optional(),
  apps: z.array(appEntry).default([]),
  resources: paths,
  audit: z
    .strictObject({
      outputs: outputs.optional(),
      when_failing: z.enum(['stop', 'continue']).optional(),
      retention_days: z
        .int({ error: 'it must be a whole number of days.' })
        .min(1, 'it must be a day at least.')
        .max(36_500)
        .optional(),
    })
    .optional(),
  aws: z
    .strictObject({
      region: region.optional(),
      profile: text.optional(),
      endpoints: z.record(text, hostAddress).default({}),
    })
    .optional(),
  upstream_proxy: z.strictObject({ url: text, except: text.optional() }).optional(),
  log: z
    .strictObject({ level: z.enum(logLevels).default('info'), format: z.enum(logFormats).default('auto') })
    .optional(),
});
type OwnDocument = z.output<typeof schema>;

/** The configuration file as it is documented. */
export const ownShape: ConfigShape<typeof schema> = { schema, check, toConfig };

function check({ apps, store: where }: OwnDocument): Finding[] {
  const found: Finding[] = appFindings(apps).map((finding) => ({ ...finding, path: ['apps', ...finding.path] }));
  if (where?.type === 'dynamodb') {
    if (where.table === undefined)
      found.push({ path: ['store'], message: 'store.table is missing: which table is it?' });
  }
  for (const field of ['table', 'region', 'endpoint', 'profile'] as const) {
    if (where?.type !== 'dynamodb' && where?.[field] !== undefined) {
      const message = `store.${field} is for a table in DynamoDB: the store also needs type: dynamodb.`;
      found.push({ path: ['store', field], message });
    }
  }
  return found;
}

function toConfig(own: OwnDocument, { environment, defaultDataDir }: Parameters<ConfigShape['toConfig']>[1]) {
  const notes: string[] = [];
  const apps = toApps(own.apps);
  const aws = { endpoints: {}, ...own.aws, region: regionOf(own.aws?.region, apps, environment, notes) };
  const config: ServiceConfig = {
    cluster: own.cluster,
    listen: own.listen,
    publicAddresses: own.public_addr,
    ...(own.tls && { tls: { certFile: own.tls.cert_file, keyFile: own.tls.key_file } }),
    dataDir: own.data_dir ?? defaultDataDir,
    store: storeOf(own.store, aws.region),
    apps,
    resources: own.resources,
    audit: {
      outputs: own.audit?.outputs,
      whenFailing: own.audit?.when_failing,
      retentionDays: own.audit?.retention_days,
    },
    aws,
    ...(own.upstream_proxy && { proxy: own.upstream_proxy }),
    log: own.log ?? { level: 'info', format: 'auto' },
  };
  notes.push(...addressNotes(config));
  return { config, notes };
}

function storeOf(own: OwnDocument['store'], awsRegion: string): ServiceConfig['store'] {
  if (own?.type !== 'dynamodb') return { type: 'libsql' };
  const { table = '', region: where = awsRegion, endpoint, profile } = own;
  return { type: 'dynamodb', table, region: where, endpoint, profile };
}

/**
 * The region whose STS is asked: of the file, else of the environment, else the one that the partition of the first
 * app takes for global services.
 */
export function regionOf(
  given: string | undefined,
  apps: readonly AppConfig[],
  environment: NodeJS.ProcessEnv,
  notes: string[],
): string {
  if (given !== undefined) return given;
  for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION']) {
    const value = environment[name];
    if (value === undefined || value === '') continue;
    if (partitionOfRegion(value)) return value;
    notes.push(`${name} is "${value.slice(0, 100)}", which is not an AWS region that Rolegate knows. It is not used.`);
  }
  const host = new URL(apps[0]?.uri ?? 'https://console.aws.amazon.com').hostname;
  const partition = partitions.find(({ consoleHost }) => consoleHost && `.${host}`.endsWith(`.${consoleHost}`));
  const region = partition?.implicitRegion ?? 'us-east-1';
  notes.push(`No AWS region is set: roles are assumed by STS in ${region}.`);
  return region;
}

/** Settings that are each fine and together are probably not what was meant. */
export function addressNotes({ listen, publicAddresses, store, tls }: ServiceConfig): string[] {
  const notes: string[] = [];
  const [first] = publicAddresses;
  const isPublic = first !== undefined && !isLoopback({ host: new URL(first).hostname, port: 0 });
  if (isLoopback(listen) && isPublic) {
    notes.push(`It listens on ${listen.host} only: nobody reaches ${first} unless something here passes it on.`);
  }
  if (!isLoopback(listen) && first === undefined) {
    notes.push('No public address is set: links and the self-made certificate name this host as it names itself.');
  }
  if (store.type === 'dynamodb' && tls === undefined) {
    notes.push(
      'Each replica makes a certificate of its own. Give all of them the same one, or clients have to trust each.',
    );
  }
  return notes;
}
