import { isLoopback, type ServiceConfig } from '../../src-service/config/service-config.ts';
import { describeCertificate } from '../../src-service/http/certificate.ts';
import { RolegateError, toErrorData } from '../../src-shared/errors.ts';
import { note, print } from '../output.ts';
import { checkDataDir } from './data-dir.ts';
import { addressOf, backendOf, requireAwsCredentials } from './open-service.ts';
import { type PreparedService, prepareService } from './prepare.ts';

/**
 * Says whether a configuration can be used, and what a service with it would do. Nothing is started or written.
 *
 * @param connects whether the table and the AWS credentials are tried as well
 * @throws RolegateError with all that is wrong
 */
export async function checkService(file: string, { connects }: { connects: boolean }): Promise<void> {
  const prepared = await prepareService(file);
  await checkDataDir(prepared.config.dataDir);
  const attempts = connects ? await Promise.all([tryStore(prepared.config), tryCredentials(prepared.config)]) : [];
  print(`${file} can be used.`);
  for (const [name, value] of plan(prepared)) print(`  ${`${name}:`.padEnd(14)}${value}`);
  for (const { title, problem } of attempts) print(`  ${problem ? 'FAILED' : 'ok    '}  ${title}`);
  for (const one of prepared.notes) note(`Note: ${one}`);
  const problems = attempts.flatMap(({ problem }) => problem ?? []);
  if (problems.length > 0) throw new RolegateError('unavailable', problems.join('\n'));
}

function plan({ config, resources, resourceFiles, certificate }: PreparedService): [string, string][] {
  const { cluster, listen, store, apps, aws, audit, dataDir } = config;
  const { outputs = ['file'], whenFailing = 'stop', retentionDays } = audit;
  const kinds = [...new Set(resources.map(({ document }) => document.kind))];
  const count = (kind: string) => resources.filter(({ document }) => document.kind === kind).length;
  return [
    ['Cluster', cluster],
    ['Listens at', `${listen.host}:${listen.port}${isLoopback(listen) ? ' (this machine only)' : ''}`],
    ['People use', [addressOf(config, listen.port), ...config.publicAddresses.slice(1)].join(', ')],
    ['Certificate', certificate ? certificateText(config, certificate.cert) : `self-made, kept in ${dataDir}`],
    ['Store', store.type === 'libsql' ? `a file in ${dataDir}` : `the table ${store.table} in ${store.region}`],
    ['Apps', apps.map(({ name, uri }) => `${name} (${new URL(uri).hostname})`).join(', ') || 'none in this file'],
    [
      'Resources',
      resources.length === 0
        ? 'none in files'
        : `${kinds.map((kind) => `${count(kind)} ${kind}`).join(', ')}, from ${resourceFiles} ${resourceFiles === 1 ? 'file' : 'files'}`,
    ],
    [
      'AWS',
      `STS in ${aws.region}, with ${aws.profile === undefined ? 'this host’s credentials' : `the profile ${aws.profile}`}`,
    ],
    [
      'Audit log',
      `in the store${outputs.map((one) => (one === 'file' ? `, a copy in ${dataDir}` : ', a copy to standard output')).join('')}; ` +
        `${retentionDays === undefined ? 'kept for ever' : `kept for ${retentionDays} days`}; ` +
        `requests ${whenFailing === 'stop' ? 'stop' : 'go on'} while it cannot be written`,
    ],
  ];
}

function certificateText({ tls }: ServiceConfig, cert: string): string {
  const { fingerprint, notAfter } = describeCertificate({ cert });
  return `${tls?.certFile}, good until ${new Date(notAfter).toISOString()}, SHA-256 ${fingerprint}`;
}

interface Attempt {
  title: string;
  problem?: string;
}

async function attempt(title: string, work: () => Promise<void>): Promise<Attempt> {
  try {
    await work();
    return { title };
  } catch (error) {
    const { message, hint } = toErrorData(error);
    return { title, problem: [message, hint].filter((one) => one !== undefined).join(' ') };
  }
}

function tryStore(config: ServiceConfig): Promise<Attempt> {
  const backend = backendOf(config);
  if (backend.type === 'libsql') return attempt('The store is a file', async () => undefined);
  return attempt(`The table ${backend.table} answers`, async () => {
    const { dynamoDbClient, operatorError, tableError } = await import('../../src-service/backend/dynamodb/client.ts');
    const { describeTable } = await import('../../src-service/backend/dynamodb/table.ts');
    const client = await dynamoDbClient(backend);
    try {
      const found = await describeTable(client, backend.table);
      if (!found) throw tableError(Object.assign(new Error(), { name: 'ResourceNotFoundException' }), backend);
    } catch (error) {
      throw operatorError(error, backend);
    } finally {
      client.destroy();
    }
  });
}

function tryCredentials(config: ServiceConfig): Promise<Attempt> {
  return attempt('There are AWS credentials', () => requireAwsCredentials(config));
}
