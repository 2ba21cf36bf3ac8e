import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startElectron } from '../e2e/fixtures/shells.ts';
import { App } from '../e2e/pages/app.ts';
import { findElectron } from '../scripts/electron-binary.mjs';
import { findHome } from '../src-main/home/home.ts';
import type { ToolSettings } from '../src-shared/contracts/gateway.ts';
import { buildServers } from './build.ts';
import { startChild } from './child.ts';
import { printTable } from './report.ts';
import type { LoadResult } from './servers/load.ts';
import { getItem } from './signed-request.ts';

/**
 * How long the window waits for an answer of the engine, while nothing else goes on and while 32 connections run flat
 * out through the gateway in the engine's process.
 */

const calls = Number(process.env['CALLS'] ?? 300);

if (!findElectron()) {
  console.log('\nThe window beside the gateway: skipped, because Electron is not here.');
} else {
  await buildServers();
  const folder = mkdtempSync(join(tmpdir(), 'rolegate-bench-'));
  const env = { ...process.env, ROLEGATE_HOME: folder, ROLEGATE_SESSION_STORE: 'memory' };
  const shell = await startElectron(env);
  const app = new App(shell, findHome(env));
  await app.ready();
  await app.startWork();
  const settings = await shell.page.evaluate(settingsOfSession);
  const host = settings.url.replace('https://', '');
  const generator = await startChild<unknown>('load.js');
  const quiet = await shell.page.evaluate(roundTrips, calls);
  let isOver = false;
  const load = generator
    .ask<{ result?: LoadResult; error?: string }>({
      port: Number(new URL(settings.url).port),
      ca: readFileSync(settings.caFile, 'utf8'),
      request: getItem(host, settings),
      connections: 32,
      requests: Number(process.env['REQUESTS'] ?? 30_000),
    })
    .finally(() => {
      isOver = true;
    });
  const busy: number[] = [];
  while (!isOver) busy.push(...(await shell.page.evaluate(roundTrips, 20)));
  const { error } = await load;
  if (error) throw new Error(error);
  printTable(
    'A call from the window to the engine and back, milliseconds',
    ['', 'calls', 'p50', 'p99', 'longest'],
    [row('gateway idle', quiet), row('32 connections through the gateway', busy)],
  );
  generator.stop();
  await shell.quit();
  rmSync(folder, { recursive: true, force: true });
}

function row(name: string, times: readonly number[]): string[] {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);
  return [name, String(sorted.length), at(0.5), at(0.99), at(1)];
}

type Reply<Value> = Promise<{ ok: true; output: Value }>;
interface Page {
  rolegate: {
    calls: {
      'session.status': (input: object) => Reply<{ appSessions: { id: string }[] }>;
      'gateway.open': (input: object) => Reply<{ port: number }>;
      'gateway.settings': (input: object) => Reply<ToolSettings>;
    };
  };
}

/** Runs in the page. */
async function settingsOfSession(): Promise<ToolSettings> {
  const { calls: api } = (globalThis as unknown as Page).rolegate;
  const [session] = (await api['session.status']({})).output.appSessions;
  await api['gateway.open']({ mode: 'endpoint' });
  return (await api['gateway.settings']({ appSessionId: session?.id, mode: 'endpoint' })).output;
}

/** Runs in the page. */
async function roundTrips(count: number): Promise<number[]> {
  const { calls: api } = (globalThis as unknown as Page).rolegate;
  const times: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const startedAt = performance.now();
    await api['session.status']({});
    times.push(performance.now() - startedAt);
  }
  return times;
}
