import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { preparedDir } from '../e2e/integration/prepared-data.ts';
import { buildServers } from './build.ts';
import { type Child, startChild, trust } from './child.ts';
import { median, printTable } from './report.ts';
import type { LoadResult, Target } from './servers/load.ts';
import { getItem } from './signed-request.ts';

/**
 * GetItem through the gateway, in both modes, beside the same engine asked directly and a plain TLS proxy that
 * neither verifies nor signs. All in one run, in interleaved rounds: ratios hold where single times do not.
 *
 * Twice: in front of the engine as it is, over plain http, where every microsecond of ours shows most; and in front of
 * the same engine behind TLS, as AWS is.
 */

const awsHost = 'dynamodb.us-east-1.amazonaws.com';
const rounds = Number(process.env['ROUNDS'] ?? 5);
const requests = Number(process.env['REQUESTS'] ?? 6_000);
/** Connections at a time; `new` for one at a time that each request has to itself. */
const loads = (process.env['CONNECTIONS'] ?? '32,1,new').split(',');
const upstreams = (process.env['UPSTREAMS'] ?? 'http,https').split(',');

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
const upstream = await startChild<{ engine: string; securedEngine: string; caFile: string; sts: string } & Keys>(
  'upstream.js',
  preparedDir,
);
const { engine, securedEngine, caFile } = upstream.ready;
trust(caFile);
const generator = await startChild('load.js');
for (const kind of upstreams) {
  const { variants, stop } = await startVariants(kind === 'https' ? securedEngine : engine);
  for (const load of loads) await compare(kind, load, variants);
  stop();
}
for (const child of [generator, upstream]) child.stop();

/** Starts everything that is compared, in front of an upstream. */
async function startVariants(origin: string): Promise<{ variants: Variant[]; stop: () => void }> {
  const { sts, accessKeyId, secretAccessKey } = upstream.ready;
  const plain = await startChild<{ port: number; ca: string }>('plain-proxy.js', origin);
  const gateway = await startChild<{ proxy: number; endpoint: number; ca: string; keys: Keys }>(
    'gateway-server.js',
    origin,
    sts,
    accessKeyId,
    secretAccessKey,
  );
  // Those of others speak to the engine as it is.
  const others = origin === engine ? await startOthers() : [];
  const { keys } = gateway.ready;
  const variants: Variant[] = [
    {
      name: 'engine, directly',
      target: () => ({ port: Number(new URL(engine).port), request: getItem(new URL(engine).host, keys) }),
    },
    {
      name: 'plain TLS proxy',
      server: plain,
      target: () => ({ ...plain.ready, request: getItem(`127.0.0.1:${plain.ready.port}`, keys) }),
    },
    {
      name: 'gateway, endpoint mode',
      server: gateway,
      target: () => ({
        port: gateway.ready.endpoint,
        ca: gateway.ready.ca,
        request: getItem(`127.0.0.1:${gateway.ready.endpoint}`, keys),
      }),
    },
    {
      name: 'gateway, proxy mode',
      server: gateway,
      target: () => ({
        port: gateway.ready.proxy,
        ca: gateway.ready.ca,
        tunnelTo: awsHost,
        request: getItem(awsHost, keys),
      }),
    },
    ...others.map(({ name, server }) => ({
      name,
      server,
      target: () => ({ ...server.ready, tunnelTo: awsHost, request: getItem(awsHost, keys) }),
    })),
  ];
  const stop = () => {
    for (const { server } of variants) server?.stop();
  };
  return { variants, stop };
}

/** Proxies of others, where they have been installed (`bench/README.md`). */
async function startOthers(): Promise<{ name: string; server: Child<{ port: number; ca: string }> }[]> {
  const names = ['http-mitm-proxy', 'mockttp'];
  const installed = names.filter((name) => existsSync(new URL(`./others/node_modules/${name}`, import.meta.url)));
  return Promise.all(
    installed.map(async (name) => {
      const file = fileURLToPath(new URL(`./others/${name}.js`, import.meta.url));
      return { name, server: await startChild<{ port: number; ca: string }>(file, engine) };
    }),
  );
}

/** Measures variants in interleaved rounds, and prints what they need. */
async function compare(kind: string, load: string, variants: readonly Variant[]): Promise<void> {
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
    `GetItem over ${kind}, ${isFresh ? 'a new connection for each' : `${connections} connection${connections > 1 ? 's' : ''}`}, medians of ${rounds} rounds of ${count} requests`,
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
