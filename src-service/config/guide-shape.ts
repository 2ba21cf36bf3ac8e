import { z } from 'zod';
import { type Finding, flag, text, textOrList } from '../resources/document.ts';
import { appEntry, appFindings, toApps } from './apps.ts';
import { clusterName, listenAddress, path, publicOrigins, region } from './fields.ts';
import { addressNotes, regionOf } from './own-shape.ts';
import type { ConfigShape } from './read-config.ts';
import { defaultListen, type ServiceConfig } from './service-config.ts';

/**
 * The configuration file of the published guide (`version: v3`, `teleport`, `app_service`, …). What has a meaning here
 * is taken over; what has none is understood, and said to be without effect.
 */

const unused = z.unknown().optional();
/** Another service of the reference: known, and of interest only where it is on. */
const otherService = z.looseObject({ enabled: flag.optional() }).nullable().optional();

const storage = z.strictObject({
  type: text.default('sqlite'),
  region: region.optional(),
  table_name: text.optional(),
  path: unused,
  audit_events_uri: unused,
  audit_sessions_uri: unused,
  continuous_backups: unused,
  auto_scaling: unused,
  billing_mode: unused,
});

const global = z.strictObject({
  nodename: unused,
  data_dir: path.optional(),
  pid_file: unused,
  auth_token: unused,
  join_params: z.strictObject({ token_name: text.optional(), method: text.optional() }).optional(),
  proxy_server: text.optional(),
  auth_server: text.optional(),
  auth_servers: textOrList.optional(),
  ca_pin: textOrList.optional(),
  advertise_ip: unused,
  diag_addr: unused,
  cache: unused,
  connection_limits: unused,
  log: z
    .strictObject({
      output: text.optional(),
      severity: text.optional(),
      format: z.strictObject({ output: z.enum(['text', 'json']).optional(), extra_fields: unused }).optional(),
    })
    .optional(),
  storage: storage.optional(),
});

const guideApp = appEntry.extend({
  public_addr: unused,
  commands: unused,
  insecure_skip_verify: unused,
  rewrite: unused,
  cors: unused,
  required_apps: unused,
  integration: unused,
});
const unusedAppKeys = [
  'public_addr',
  'commands',
  'insecure_skip_verify',
  'rewrite',
  'cors',
  'required_apps',
  'integration',
] as const;

const schema = z.strictObject({
  version: z.enum(['v1', 'v2', 'v3'], { error: 'it must be v1, v2 or v3.' }).optional(),
  teleport: global.nullable().optional(),
  auth_service: z
    .strictObject({
      enabled: flag.optional(),
      cluster_name: clusterName.optional(),
      listen_addr: unused,
      public_addr: unused,
      tokens: unused,
      authentication: unused,
      session_recording: unused,
      proxy_listener_mode: unused,
    })
    .nullable()
    .optional(),
  proxy_service: z
    .strictObject({
      enabled: flag.optional(),
      web_listen_addr: listenAddress.optional(),
      listen_addr: unused,
      tunnel_listen_addr: unused,
      public_addr: publicOrigins,
      https_keypairs: z.array(z.strictObject({ key_file: path, cert_file: path })).optional(),
      https_keypairs_reload_interval: unused,
      acme: unused,
    })
    .nullable()
    .optional(),
  app_service: z
    .strictObject({
      enabled: flag.default(true),
      debug_app: unused,
      mcp_demo_server: unused,
      resources: unused,
      apps: z.array(guideApp).default([]),
    })
    .nullable()
    .optional(),
  ssh_service: otherService,
  db_service: otherService,
  kubernetes_service: otherService,
  windows_desktop_service: otherService,
  discovery_service: otherService,
  okta_service: otherService,
  jamf_service: otherService,
  debug_service: otherService,
  tracing_service: otherService,
});
type GuideDocument = z.output<typeof schema>;

export const guideShape: ConfigShape<typeof schema> = { schema, check, toConfig };

function check({ app_service: apps, teleport, proxy_service: proxy }: GuideDocument): Finding[] {
  const found: Finding[] = appFindings(ownEntries(apps)).map((finding) => ({
    ...finding,
    path: ['app_service', 'apps', ...finding.path],
  }));
  const path = ['teleport', 'storage'];
  const { type = 'sqlite', table_name: table } = teleport?.storage ?? {};
  if (!['dir', 'sqlite', 'dynamodb'].includes(type)) {
    found.push({ path: [...path, 'type'], message: `There is no store ${type} here. It can be sqlite or dynamodb.` });
  }
  if (type === 'dynamodb' && table === undefined) {
    found.push({ path, message: 'teleport.storage.table_name is missing: which table is it?' });
  }
  if ((proxy?.https_keypairs?.length ?? 0) > 1) {
    const message = 'One certificate is served. Give the one that has all names.';
    found.push({ path: ['proxy_service', 'https_keypairs', 1], message });
  }
  return found;
}

function ownEntries(service: GuideDocument['app_service']) {
  return (service?.apps ?? []).map(({ name, uri, description, labels, cloud, aws }) => ({
    name,
    uri,
    ...(description !== undefined && { description }),
    ...(labels && { labels }),
    ...(cloud && { cloud }),
    ...(aws && { aws }),
  }));
}

function toConfig(guide: GuideDocument, { environment, defaultDataDir }: Parameters<ConfigShape['toConfig']>[1]) {
  const { teleport, auth_service: auth, proxy_service: proxy, app_service: service } = guide;
  const notes = [...joiningNotes(guide), ...otherNotes(guide)];
  const apps = service && !service.enabled ? [] : toApps(ownEntries(service));
  const [pair] = proxy?.https_keypairs ?? [];
  const store = teleport?.storage;
  const awsRegion = regionOf(undefined, apps, environment, notes);
  const config: ServiceConfig = {
    cluster: auth?.cluster_name ?? 'rolegate',
    listen: proxy?.web_listen_addr ?? defaultListen,
    publicAddresses: proxy?.public_addr ?? [],
    ...(pair && { tls: { certFile: pair.cert_file, keyFile: pair.key_file } }),
    dataDir: teleport?.data_dir ?? defaultDataDir,
    store:
      store?.type === 'dynamodb'
        ? { type: 'dynamodb', table: store.table_name ?? '', region: store.region ?? awsRegion }
        : { type: 'libsql' },
    apps,
    resources: [],
    audit: {},
    aws: { region: awsRegion, endpoints: {} },
    log: logOf(teleport?.log, notes),
  };
  return { config, notes: [...notes, ...addressNotes(config)] };
}

/** In the reference, an app service is a part of a cluster elsewhere. Here it is the whole cluster. */
function joiningNotes({ teleport, auth_service: auth, proxy_service: proxy }: GuideDocument): string[] {
  const notes: string[] = [];
  const { proxy_server, auth_server, auth_servers, join_params, auth_token, ca_pin } = teleport ?? {};
  const elsewhere = proxy_server ?? auth_server ?? [auth_servers ?? []].flat()[0];
  if (elsewhere !== undefined || join_params || auth_token !== undefined || ca_pin !== undefined) {
    const at = elsewhere === undefined ? '' : ` at ${elsewhere}`;
    notes.push(
      `It does not join the cluster${at}: Rolegate cannot do that. It is a cluster of its own, and people log in to it directly. ` +
        'The join token, the proxy server and the pin have no effect.',
    );
  }
  if (auth?.enabled === false || proxy?.enabled === false) {
    notes.push('auth_service and proxy_service cannot be off: logins and requests come to this service itself.');
  }
  return notes;
}

function otherNotes(guide: GuideDocument): string[] {
  const notes: string[] = [];
  if (guide.app_service && !guide.app_service.enabled)
    notes.push('app_service is off: no app of this file is offered.');
  for (const [key, value] of Object.entries(guide)) {
    const { enabled } = (value ?? {}) as { enabled?: boolean };
    const isOurs = ['auth_service', 'proxy_service', 'app_service'].includes(key);
    if (!isOurs && key.endsWith('_service') && value !== null && enabled !== false) {
      notes.push(`${key} has no effect: Rolegate gives access to AWS only.`);
    }
  }
  const without: string[] = [
    ...given('teleport', guide.teleport, [
      'nodename',
      'pid_file',
      'advertise_ip',
      'diag_addr',
      'cache',
      'connection_limits',
    ]),
    ...given('teleport.storage', guide.teleport?.storage, [
      'path',
      'audit_events_uri',
      'audit_sessions_uri',
      'continuous_backups',
      'auto_scaling',
      'billing_mode',
    ]),
    ...given('auth_service', guide.auth_service, [
      'listen_addr',
      'public_addr',
      'tokens',
      'authentication',
      'session_recording',
      'proxy_listener_mode',
    ]),
    ...given('proxy_service', guide.proxy_service, [
      'listen_addr',
      'tunnel_listen_addr',
      'https_keypairs_reload_interval',
      'acme',
    ]),
    ...given('app_service', guide.app_service, ['debug_app', 'mcp_demo_server', 'resources']),
    ...(guide.app_service?.apps ?? []).flatMap((app) => given(`the app ${app.name}:`, app, unusedAppKeys)),
  ];
  if (without.length > 0) notes.push(`Without effect here: ${without.join(', ')}.`);
  return notes;
}

function given(where: string, value: object | null | undefined, keys: readonly string[]): string[] {
  const separator = where.endsWith(':') ? ' ' : '.';
  return keys
    .filter((key) => value && (value as Record<string, unknown>)[key] !== undefined)
    .map((key) => `${where}${separator}${key}`);
}

type GuideLog = NonNullable<GuideDocument['teleport']>['log'];

function logOf(log: GuideLog, notes: string[]): ServiceConfig['log'] {
  const severity = log?.severity?.toLowerCase() ?? 'info';
  const level = { warn: 'warn', warning: 'warn', err: 'error', error: 'error' }[severity] ?? 'info';
  if (log?.output !== undefined && !['stderr', 'stdout'].includes(log.output)) {
    notes.push(`The log goes to standard error, not to ${log.output}.`);
  }
  return { level: level as ServiceConfig['log']['level'], format: log?.format?.output ?? 'auto' };
}
