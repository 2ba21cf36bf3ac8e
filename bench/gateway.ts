import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { preparedDir } from '../e2e/integration/prepared-data.ts';
import { buildServers } from './build.ts';
import { type Child, startChild } from './child.ts';
import { median, printTable } from './report.ts';
import type { LoadResult, Target } from './servers/load.ts';
import { getItem } from './signed-request.ts';

/**
 * GetItem through the gateway, in both modes, beside the same engine asked directly and a plain TLS proxy that
 * neither verifies nor signs. All in one run, in interleaved rounds: ratios hold where single times do not.
 */

const awsHost = 'dynamodb.us-east-1.amazonaws.com';
const rounds = Number(process.env['ROUNDS'] ?? 5);
const requests = Number(process.env['REQUESTS'] ?? 6_000);
/** Connections at a time; `new` for one at a time that each request has to itself. */
const loads = (process.env['CONNECTIONS'] ?? '32,1,new').split(',');

interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
}
interface Variant {
  name: string;
  /** The process whose CPU time counts; the engine itself for none. */
  server?: Child<unknown>;
  target: () => Omit<Target, 'connections' | 'requests'>;
}

await buildServers();
const upstream = await startChild<{ engine: string; sts: string } & Keys>('upstream.js', preparedDir);
const { engine, sts, accessKeyId, secretAccessKey } = upstream.ready;
const plain = await startChild<{ port: number; ca: string }>('plain-proxy.js', engine);
const gateway = await startChild<{ proxy: number; endpoint: number; ca: string; keys: Keys }>(
  'gateway-server.js',
  engine,
  sts,
  accessKeyId,
  secretAccessKey,
);
/** Proxies of others, where `npm ci --prefix bench/others` has been run. */
const others = await Promise.all(
  ['http-mitm-proxy', 'mockttp'].map(async (name) => {
    const file = fileURLToPath(new URL(`./others/${name}.js`, import.meta.url));
    const isInstalled = existsSync(new URL(`./others/node_modules/${name}`, import.meta.url));
    return isInstalled ? { name, server: await startChild<{ port: number; ca: string }>(file, engine) } : [];
  }),
).then((found) => found.flat());
const generator = await startChild('load.js');

const variants: Variant[] = [
  {
    name: 'engine, directly',
    target: () => ({ port: Number(new URL(engine).port), request: getItem(new URL(engine).host, gateway.ready.keys) }),
  },
  {
    name: 'plain TLS proxy',
    server: plain,
    target: () => ({ ...plain.ready, request: getItem(`127.0.0.1:${plain.ready.port}`, gateway.ready.keys) }),
  },
  {
    name: 'gateway, endpoint mode',
    server: gateway,
    target: () => ({
      port: gateway.ready.endpoint,
      ca: gateway.ready.ca,
      request: getItem(`127.0.0.1:${gateway.ready.endpoint}`, gateway.ready.keys),
    }),
  },
  {
    name: 'gateway, proxy mode',
    server: gateway,
    target: () => ({
      port: gateway.ready.proxy,
      ca: gateway.ready.ca,
      tunnelTo: awsHost,
      request: getItem(awsHost, gateway.ready.keys),
    }),
  },
  ...others.map(({ name, server }) => ({
    name,
    server,
    target: () => ({ ...server.ready, tunnelTo: awsHost, request: getItem(awsHost, gateway.ready.keys) }),
  })),
];

for (const load of loads) {
  const isFresh = load === 'new';
  const connections = isFresh ? 1 : Number(load);
  const count = connections === 1 ? Math.ceil(requests / 6) : requests;
  const measured = new Map(
    variants.map(({ name }) => [name, { cpu: [] as number[], rate: [] as number[], p50: [] as number[] }]),
  );
  for (let round = -1; round < rounds; round++) {
    for (const { name, server, target } of variants) {
      const before = await server?.cpu();
      const { result, error } = await generator.ask<{ result?: LoadResult; error?: string }>({
        ...target(),
        connections,
        requests: count,
        isFresh,
      });
      if (!result) throw new Error(`${name}: ${error}`);
      const after = await server?.cpu();
      // The first round warms up.
      if (round < 0) continue;
      const own = measured.get(name);
      own?.rate.push(count / result.seconds);
      own?.p50.push(result.p50);
      if (before !== undefined && after !== undefined) own?.cpu.push((after - before) / count);
    }
  }
  const base = measured.get('plain TLS proxy');
  printTable(
    `GetItem, ${isFresh ? 'a new connection for each' : `${connections} connection${connections > 1 ? 's' : ''}`}, medians of ${rounds} rounds of ${count} requests`,
    ['', 'CPU µs/request', 'of plain', 'requests/s', 'of plain', 'p50 ms'],
    [...measured].map(([name, { cpu, rate, p50 }]) => [
      name,
      cpu.length > 0 ? median(cpu).toFixed(0) : '–',
      cpu.length > 0 ? `${(median(cpu) / median(base?.cpu ?? [])).toFixed(2)}x` : '–',
      median(rate).toFixed(0),
      `${(median(rate) / median(base?.rate ?? [])).toFixed(2)}x`,
      median(p50).toFixed(2),
    ]),
  );
}

for (const child of [generator, gateway, plain, upstream, ...others.map(({ server }) => server)]) child.stop();
