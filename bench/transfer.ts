import { preparedDir } from '../e2e/integration/prepared-data.ts';
import { buildServers } from './build.ts';
import { type Child, startChild } from './child.ts';
import { median, printTable } from './report.ts';
import type { Transfer, TransferMode } from './servers/transfer-load.ts';

/**
 * One large upload and download through the gateway, in every way to sign a body, beside a plain TLS proxy that
 * streams the same bytes and looks at none. Memory is what the gateway's process grew by while they passed.
 */

const mebibytes = Number(process.env['MIB'] ?? 1024);
const rounds = Number(process.env['ROUNDS'] ?? 3);
const bytes = mebibytes * 1024 * 1024;

interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
}

await buildServers();
const upstream = await startChild<{ sts: string } & Keys>('upstream.js', preparedDir);
const sink = await startChild<{ origin: string }>('sink.js');
const { sts, accessKeyId, secretAccessKey } = upstream.ready;
const plain = await startChild<{ port: number; ca: string }>('plain-proxy.js', sink.ready.origin);
const gateway = await startChild<{ endpoint: number; ca: string; keys: Keys }>(
  'gateway-server.js',
  sink.ready.origin,
  sts,
  accessKeyId,
  secretAccessKey,
);
const generator = await startChild('transfer-load.js');

const modes: { mode: TransferMode; name: string }[] = [
  { mode: 'GET', name: 'download' },
  { mode: 'unsigned', name: 'upload, unsigned' },
  { mode: 'hash', name: 'upload, declared hash' },
  { mode: 'chunks', name: 'upload, signed chunks' },
];
const rows: string[][] = [];
for (const { mode, name } of modes) {
  const rates = { plain: [] as number[], gateway: [] as number[] };
  const cpu = { plain: [] as number[], gateway: [] as number[] };
  let grown = 0;
  for (let round = 0; round < rounds; round++) {
    const throughPlain = {
      port: plain.ready.port,
      ca: plain.ready.ca,
      mode: mode === 'chunks' ? 'unsigned' : mode,
    } as const;
    cpu.plain.push(await cpuOf(plain, async () => rates.plain.push(await rate(throughPlain))));
    const before = await gateway.memory();
    const throughGateway = { port: gateway.ready.endpoint, ca: gateway.ready.ca, mode };
    cpu.gateway.push(await cpuOf(gateway, async () => rates.gateway.push(await rate(throughGateway))));
    grown = Math.max(grown, (await gateway.memory()) - before);
  }
  const [own, other] = [median(rates.gateway), median(rates.plain)];
  const ownCpu = median(cpu.gateway) / mebibytes;
  const otherCpu = median(cpu.plain) / mebibytes;
  rows.push([
    name,
    otherCpu.toFixed(0),
    ownCpu.toFixed(0),
    `${(ownCpu / otherCpu).toFixed(2)}x`,
    other.toFixed(0),
    own.toFixed(0),
    `${(own / other).toFixed(2)}x`,
    (grown / 1024 / 1024).toFixed(0),
  ]);
}
printTable(
  `One transfer of ${mebibytes} MiB, medians of ${rounds} rounds`,
  ['', 'plain CPU µs/MiB', 'gateway', 'of plain', 'plain MiB/s', 'gateway', 'of plain', 'memory +MiB'],
  rows,
);
for (const child of [generator, gateway, plain, sink, upstream]) child.stop();

/** Microseconds of CPU time that a server uses for some work. */
async function cpuOf(server: Child<unknown>, work: () => Promise<unknown>): Promise<number> {
  const before = await server.cpu();
  await work();
  return (await server.cpu()) - before;
}

async function rate(target: Pick<Transfer, 'port' | 'ca' | 'mode'>): Promise<number> {
  const question: Transfer = { ...target, bytes, keys: gateway.ready.keys };
  const { seconds, error } = await generator.ask<{ seconds?: number; error?: string }>(question);
  if (seconds === undefined) throw new Error(`${target.mode}: ${error}`);
  return mebibytes / seconds;
}
