import { preparedDir } from '../e2e/integration/prepared-data.ts';
import { buildServers } from './build.ts';
import { startChild } from './child.ts';
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
  let grown = 0;
  for (let round = 0; round < rounds; round++) {
    rates.plain.push(
      await rate({ port: plain.ready.port, ca: plain.ready.ca, mode: mode === 'chunks' ? 'unsigned' : mode }),
    );
    const before = await gateway.memory();
    rates.gateway.push(await rate({ port: gateway.ready.endpoint, ca: gateway.ready.ca, mode }));
    grown = Math.max(grown, (await gateway.memory()) - before);
  }
  const [own, other] = [median(rates.gateway), median(rates.plain)];
  rows.push([name, other.toFixed(0), own.toFixed(0), `${(own / other).toFixed(2)}x`, (grown / 1024 / 1024).toFixed(0)]);
}
printTable(
  `One transfer of ${mebibytes} MiB, medians of ${rounds} rounds`,
  ['', 'plain MiB/s', 'gateway MiB/s', 'of plain', 'memory +MiB'],
  rows,
);
for (const child of [generator, gateway, plain, sink, upstream]) child.stop();

async function rate(target: Pick<Transfer, 'port' | 'ca' | 'mode'>): Promise<number> {
  const question: Transfer = { ...target, bytes, keys: gateway.ready.keys };
  const { seconds, error } = await generator.ask<{ seconds?: number; error?: string }>(question);
  if (seconds === undefined) throw new Error(`${target.mode}: ${error}`);
  return mebibytes / seconds;
}
