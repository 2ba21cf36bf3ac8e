#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'electron-vite';

/** Makes `dist/`: programs, preload, page, and the sandbox's prepared tables. */

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const preparedDir = join(dist, 'sandbox-data');

/** What the build is made of; `scripts/start.mjs` asks whether any of it is newer than the build. */
export const sources = [
  'src-shared',
  'src-service',
  'src-main',
  'src-preload',
  'src-renderer',
  'src-cli',
  'src-sandbox',
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
];

/** When the newest of the sources was changed, in milliseconds since the epoch. */
export function newestSource() {
  const newest = (path) => {
    const stat = statSync(path);
    if (!stat.isDirectory()) return stat.mtimeMs;
    return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
  };
  return Math.max(...sources.map((source) => newest(join(root, source))));
}

/** When the build was finished, or 0 when there is none. */
export function builtAt() {
  const stamp = join(dist, 'built');
  return existsSync(stamp) ? statSync(stamp).mtimeMs : 0;
}

/** Builds everything. The prepared tables are kept while what they are made from has not changed. */
export async function buildAll({ quiet = false } = {}) {
  for (const folder of ['backend', 'browser', 'chunks', 'cli', 'electron', 'engine', 'preload', 'renderer', 'built']) {
    rmSync(join(dist, folder), { recursive: true, force: true });
  }
  process.chdir(root);
  await build({ logLevel: quiet ? 'warn' : 'info' });
  chmodSync(join(dist, 'cli', 'rolegate.js'), 0o755);
  prepareSandbox();
  writeFileSync(join(dist, 'built'), '');
}

function prepareSandbox() {
  const stamp = join(preparedDir, 'made-from');
  const madeFrom = hashOf(join(root, 'src-sandbox'));
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === madeFrom) return;
  rmSync(preparedDir, { recursive: true, force: true });
  const { status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(root, 'scripts', 'prepare-sandbox.ts'), preparedDir],
    {
      stdio: 'inherit',
      cwd: root,
    },
  );
  if (status !== 0) throw new Error('The sandbox’s tables could not be prepared.');
  writeFileSync(stamp, madeFrom);
}

function hashOf(folder) {
  const hash = createHash('sha256');
  const add = (path) => {
    for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const child = join(path, entry.name);
      if (entry.isDirectory()) add(child);
      else if (!entry.name.includes('.test.')) hash.update(entry.name).update(readFileSync(child));
    }
  };
  add(folder);
  return hash.digest('hex');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildAll();
