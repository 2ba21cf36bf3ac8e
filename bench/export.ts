import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { preparedDir } from '../e2e/integration/prepared-data.ts';
import { importIntoDynoxide } from '../src-sandbox/seed/import-dynoxide.ts';
import type { Item } from '../src-sandbox/seed/values.ts';
import { buildServers } from './build.ts';
import { startChild } from './child.ts';
import { median, printTable } from './report.ts';

/**
 * A whole table exported as a job, beside a scan in four segments that writes the same lines with nothing but the AWS
 * SDK. Both ask the same engine.
 */

const count = Number(process.env['ITEMS'] ?? 200_000);
const rounds = Number(process.env['ROUNDS'] ?? 3);
const table = 'bench-export';

interface Measured {
  seconds: number;
  cpu: number;
  grown: number;
}

await buildServers();
const folder = mkdtempSync(join(tmpdir(), 'rolegate-bench-export-'));
const tablesDir = join(folder, 'tables');
await fill(join(tablesDir, 'dynoxide', 'us-east-1'));
const upstream = await startChild<{ engine: string; sts: string; accessKeyId: string; secretAccessKey: string }>(
  'upstream.js',
  preparedDir,
  tablesDir,
);
const { engine, sts, accessKeyId, secretAccessKey } = upstream.ready;
const plain = await startChild('export-plain.js', engine, table);
const job = await startChild('export-job.js', engine, sts, accessKeyId, secretAccessKey, table);
const measured: { plain: Measured[]; job: Measured[] } = { plain: [], job: [] };
for (let round = 0; round < rounds; round++) {
  const paths = { plain: join(folder, `plain-${round}`), job: join(folder, `job-${round}`) };
  measured.plain.push(await plain.ask<Measured>({ path: paths.plain }));
  measured.job.push(await job.ask<Measured>({ path: paths.job }));
  if (round === 0) await compare(paths.plain, paths.job);
}
rmSync(folder, { recursive: true });

const rate = (all: readonly Measured[]) => count / median(all.map(({ seconds }) => seconds));
const row = (name: string, all: readonly Measured[]) => [
  name,
  rate(all).toFixed(0),
  `${(rate(all) / rate(measured.plain)).toFixed(2)}x`,
  median(all.map(({ cpu }) => cpu)).toFixed(1),
  (Math.max(...all.map(({ grown }) => grown)) / 1024 / 1024).toFixed(0),
];
printTable(
  `Export of ${count} items, medians of ${rounds} rounds`,
  ['', 'items/s', 'of plain', 'CPU s', 'memory +MiB'],
  [row('SDK, scan in four segments', measured.plain), row('job', measured.job)],
);
for (const child of [plain, job, upstream]) child.stop();

/** Orders of about 400 bytes, with attributes of several types, put where the engine finds its tables. */
async function fill(region: string): Promise<void> {
  mkdirSync(region, { recursive: true });
  function* items(): Iterable<Item> {
    for (let number = 0; number < count; number++) yield order(number);
  }
  await importIntoDynoxide(region, [{ name: table, key: ['id:S'], items }]);
}

function order(number: number): Item {
  return {
    id: { S: `order-${String(number).padStart(7, '0')}` },
    customer: { S: `customer-${number % 5000}` },
    total: { N: `${number % 900}.${number % 100}` },
    paid: { BOOL: number % 2 === 0 },
    tags: { SS: ['gift', `lot-${number % 40}`] },
    note: { S: randomBytes(60).toString('base64') },
    address: { M: { street: { S: 'Trail Road' }, number: { N: String(number % 200) }, zip: { S: '01234' } } },
    lines: { L: [{ M: { sku: { S: `sku-${number % 700}` }, quantity: { N: '2' } } }] },
  };
}

/** Both have written the same items: as many, and the same ids. */
async function compare(one: string, other: string): Promise<void> {
  const [a, b] = await Promise.all([idsOf(one), idsOf(other)]);
  if (a !== b) throw new Error('The two exports are not of the same items.');
}

async function idsOf(path: string): Promise<string> {
  const ids: string[] = [];
  for await (const line of createInterface({ input: createReadStream(path) })) {
    ids.push(/"id":\{"S":"(order-\d+)"/.exec(line)?.[1] ?? line);
  }
  return `${ids.length} ${createHash('sha256').update(ids.sort().join()).digest('hex')}`;
}
