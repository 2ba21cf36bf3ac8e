import type { AppService } from '../../src-service/app-service.ts';
import { startServiceServer } from '../../src-service/http/server.ts';
import type { Log } from '../../src-service/log.ts';
import { toErrorData } from '../../src-shared/errors.ts';
import { version } from '../environment.ts';
import { takeDataDir } from './data-dir.ts';
import { forgetFirstInvitation, showFirstInvitation } from './first-administrator.ts';
import { createServerLog } from './log.ts';
import {
  addressOf,
  certificateOf,
  openService,
  requireAwsCredentials,
  type ServedCertificate,
} from './open-service.ts';
import { type PreparedService, prepareService } from './prepare.ts';

/** How long requests under way have to end once the service is told to. */
const patience = 10_000;
const day = 86_400_000;
const warnBefore = 30 * day;

/** Serves an app-service until the system, or the person, wants it to end. @param file its configuration */
export async function startService(file: string): Promise<void> {
  let prepared = await prepareService(file);
  const { config } = prepared;
  const log = await createServerLog(config.log);
  /** What has to be closed, the last one first, however this ends. */
  const open: (() => unknown)[] = [await takeDataDir(config.dataDir)];
  try {
    for (const note of prepared.notes) log.warn(note);
    let certificate = await certificateOf(prepared);
    const service = await openService(prepared, { version, log });
    open.unshift(() => service.close());
    const server = await startServiceServer({ service, tls: certificate, ...config.listen, log });
    open.unshift(() => server.close(patience));
    const address = addressOf(config, server.port);
    sayWhatRuns(prepared, certificate, address, server.port, log);
    await requireAwsCredentials(config).catch((error: unknown) => logProblem(log, error));
    await inviteFirst(service, prepared, certificate, address, log);
    open.unshift(() => forgetFirstInvitation(config.dataDir));
    const watching = setInterval(() => warnOfEnd(certificate, log), day);
    open.unshift(() => clearInterval(watching));
    // Whoever reads that it is ready may want it to end.
    const signals = listenForSignals();
    log.info('Ready.');

    for await (const signal of signals) {
      // On Windows it means that the terminal is gone.
      if (signal !== 'SIGHUP' || process.platform === 'win32') {
        log.info('Ending: requests under way have a moment.', { signal });
        break;
      }
      try {
        const next = await readAgain(file, prepared, log);
        certificate = await certificateOf(next);
        prepared = next;
        const changes = await service.reload(next.resources, next.config.apps);
        log.info('The configuration was read again.', { changedDocuments: changes });
        server.replaceCertificate(certificate);
        log.info('This certificate is shown from now on.', certificateDetails(certificate));
        warnOfEnd(certificate, log);
      } catch (error) {
        logProblem(log, error, 'Everything stays as it was: ');
      }
    }
  } finally {
    for (const close of open) await close();
  }
  log.info('Ended.');
}

const endings = ['SIGINT', 'SIGTERM'] as const;
type Signal = (typeof endings)[number] | 'SIGHUP';

/** Listens for signals from now on, and gives them as they come. The second one that wants an end gets it at once. */
function listenForSignals(): AsyncIterable<Signal> {
  const waiting: Signal[] = [];
  let wake: (() => void) | undefined;
  const take = (signal: Signal) => {
    waiting.push(signal);
    wake?.();
  };
  const end = (signal: Signal) => {
    for (const one of endings) process.off(one, end);
    take(signal);
  };
  for (const signal of endings) process.on(signal, end);
  process.on('SIGHUP', take);
  return {
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const next = waiting.shift();
        if (next) yield next;
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    },
  };
}

function sayWhatRuns(
  { config, resources }: PreparedService,
  certificate: ServedCertificate,
  address: string,
  port: number,
  log: Log,
): void {
  const { cluster, listen, store, apps } = config;
  log.info(`Rolegate ${version} serves ${cluster} at ${address}`, {
    listen: `${listen.host}:${port}`,
    store: store.type === 'libsql' ? config.dataDir : `table ${store.table} in ${store.region}`,
    apps: apps.map(({ name }) => name),
    documents: resources.length,
  });
  const title = certificate.isSelfMade
    ? 'Its certificate is self-made: clients trust it by its fingerprint.'
    : undefined;
  log.info(title ?? 'Its certificate comes from files.', certificateDetails(certificate));
  warnOfEnd(certificate, log);
}

function certificateDetails({ fingerprint, notAfter }: ServedCertificate) {
  return { fingerprint, until: new Date(notAfter).toISOString() };
}

function warnOfEnd({ notAfter, isSelfMade }: ServedCertificate, log: Log): void {
  const left = notAfter - Date.now();
  if (left > warnBefore) return;
  const what = left <= 0 ? 'The certificate is over' : `The certificate ends in ${Math.floor(left / day)} days`;
  const todo = isSelfMade ? 'the next start makes a new one' : 'put a new one into its place and send SIGHUP';
  log.warn(`${what}: ${todo}.`);
}

async function inviteFirst(
  service: AppService,
  { config }: PreparedService,
  { fingerprint, isSelfMade }: ServedCertificate,
  address: string,
  log: Log,
): Promise<void> {
  const { dataDir } = config;
  await forgetFirstInvitation(dataDir);
  const invitation = await service.inviteFirstAdministrator();
  if (!invitation) return;
  const terminal = [process.stdout, process.stderr].find(({ isTTY }) => isTTY);
  const place = { terminal, dataDir, address, fingerprint: isSelfMade ? fingerprint : undefined, log };
  await showFirstInvitation(invitation, place);
}

/** Reads the files again. What cannot be taken over without a restart stays as it was, which is said. */
async function readAgain(file: string, before: PreparedService, log: Log): Promise<PreparedService> {
  const next = await prepareService(file);
  for (const note of next.notes) if (!before.notes.includes(note)) log.warn(note);
  const waiting = needsRestart(before, next);
  if (waiting.length > 0) log.warn(`These settings hold from the next start on: ${waiting.join(', ')}.`);
  return { ...next, config: { ...before.config, apps: next.config.apps, tls: next.config.tls } };
}

function needsRestart({ config: before }: PreparedService, { config: after }: PreparedService): string[] {
  const names = {
    cluster: 'cluster',
    listen: 'listen',
    publicAddresses: 'public_addr',
    dataDir: 'data_dir',
    store: 'store',
    audit: 'audit',
    aws: 'aws',
    proxy: 'upstream_proxy',
    log: 'log',
  } as const;
  const keys = Object.keys(names) as (keyof typeof names)[];
  return keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key])).map((key) => names[key]);
}

function logProblem(log: Log, error: unknown, before = ''): void {
  const { message, hint } = toErrorData(error);
  log.error(`${before}${message}`, hint === undefined ? {} : { hint });
}
