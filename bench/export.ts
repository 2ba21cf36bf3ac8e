import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Pool } from 'undici';
import { preparedDir } from '../e2e/integration/prepared-data.ts';
import { askEngine } from '../src-sandbox/engine/ask.ts';
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
const upstream = await startChild<{ engine: string; sts: string; accessKeyId: string; secretAccessKey: string }>(
  'upstream.js',
  preparedDir,
);
const { engine, sts, accessKeyId, secretAccessKey } = upstream.ready;
await fill();
const plain = await startChild('export-plain.js', engine, table);
const job = await startChild('export-job.js', engine, sts, accessKeyId, secretAccessKey, table);
const folder = mkdtempSync(join(tmpdir(), 'rolegate-bench-export-'));
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

/** Orders of about 400 bytes, with attributes of several types. */
async function fill(): Promise<void> {
  const http = new Pool(engine, { connections: 8 });
  await askEngine(http, 'CreateTable', {
    TableName: table,
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
  });
  const batch = (start: number) =>
    askEngine(http, 'BatchWriteItem', {
      RequestItems: {
        [table]: Array.from({ length: 25 }, (_, index) => ({ PutRequest: { Item: order(start + index) } })),
      },
    });
  for (let start = 0; start < count; start += 200) {
    await Promise.all(Array.from({ length: 8 }, (_, index) => batch(start + index * 25)));
  }
  await http.close();
}

function order(number: number): object {
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
