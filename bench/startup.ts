import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findElectron } from '../scripts/electron-binary.mjs';
import { median, printTable } from './report.ts';

/**
 * How long until the window shows the login screen, beside a bare Electron window, in interleaved rounds of one run.
 * Both are watched from outside in the same way: through Chromium's debugging port, by the title of the page.
 */

const rounds = Number(process.env['ROUNDS'] ?? 7);
const root = fileURLToPath(new URL('..', import.meta.url));
const electron = findElectron();

if (!electron) {
  console.log('\nStart-up: skipped, because Electron is not here (see ELECTRON_OVERRIDE_DIST_PATH).');
} else {
  const folder = mkdtempSync(join(tmpdir(), 'rolegate-bench-'));
  const bare = join(folder, 'bare');
  mkdirSync(bare);
  writeFileSync(join(bare, 'package.json'), '{"name":"bare","main":"main.js"}');
  writeFileSync(
    join(bare, 'main.js'),
    `const { app, BrowserWindow } = require('electron');
     app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 840 }).loadFile('page.html'));`,
  );
  writeFileSync(join(bare, 'page.html'), '<!doctype html><title>bare</title><h1>bare</h1>');

  const home = join(folder, 'home');
  const times = { bare: [] as number[], first: [] as number[], again: [] as number[] };
  for (let round = -1; round < rounds; round++) {
    const measured = {
      bare: await timeUntilTitle(bare, 'bare', {}),
      first: await timeUntilTitle(root, 'Log in', { ROLEGATE_HOME: join(folder, `home-${round}`) }),
      again: await timeUntilTitle(root, 'Log in', { ROLEGATE_HOME: home }),
    };
    // The first round warms up the disk's cache, and makes the home that the third kind starts on again.
    if (round < 0) continue;
    for (const kind of ['bare', 'first', 'again'] as const) times[kind].push(measured[kind]);
  }
  rmSync(folder, { recursive: true, force: true });
  const row = (name: string, values: number[]) => [
    name,
    median(values).toFixed(0),
    `${(median(values) / median(times.bare)).toFixed(2)}x`,
  ];
  printTable(
    `Start-up, medians of ${rounds} rounds`,
    ['', 'ms', 'of bare'],
    [
      row('bare Electron window', times.bare),
      row('Rolegate, login screen, first start', times.first),
      row('Rolegate, login screen, later start', times.again),
    ],
  );
}

async function timeUntilTitle(app: string, title: string, more: NodeJS.ProcessEnv): Promise<number> {
  const startedAt = performance.now();
  const args = [app, '--remote-debugging-port=0', '--no-sandbox'];
  const child = spawn(electron ?? '', args, {
    env: { ...process.env, ROLEGATE_SESSION_STORE: 'memory', ...more },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const port = await debuggingPort(child);
  for (;;) {
    const pages = (await fetch(`http://127.0.0.1:${port}/json/list`).then(
      (reply) => reply.json(),
      () => [],
    )) as { title: string }[];
    if (pages.some((page) => page.title.startsWith(title))) break;
    await delay(5);
  }
  const elapsed = performance.now() - startedAt;
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGTERM');
  await ended;
  return elapsed;
}

function debuggingPort(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stderr?.on('data', (chunk) => {
      text += chunk;
      const port = /ws:\/\/127\.0\.0\.1:(\d+)\//.exec(text)?.[1];
      if (port !== undefined) resolve(port);
    });
    child.once('close', () => reject(new Error(`Electron ended: ${text}`)));
  });
}
