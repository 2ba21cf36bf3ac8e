#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildAll, builtAt, newestSource } from './build.mjs';
import { downloadElectron, findElectron } from './electron-binary.mjs';

/**
 * `npm start`: builds what has changed and opens the app's window. Where there can be no window it says why and runs
 * the same program in the browser.
 *
 *   npm start -- --browser     in the browser at once
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const args = process.argv.slice(2);
/** A window that is gone sooner than this, with an error, never was one. */
const tooSoon = 5_000;

if (builtAt() < newestSource()) {
  console.log('Building Rolegate …');
  await buildAll({ quiet: true });
}

const reason = args.includes('--browser') ? undefined : await runInWindow();
if (reason !== 'done') {
  if (reason !== undefined) console.log(`${reason}, so Rolegate runs in your browser.`);
  process.exitCode = await run(process.execPath, [fileURLToPath(new URL('../dist/browser/main.js', import.meta.url))])
    .ended;
}

/** Runs the app in Electron. @returns `done`, or why there was no window */
async function runInWindow() {
  const { platform, env } = process;
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return 'There is no display here';
  if (platform === 'linux' && process.getuid?.() === 0 && !args.includes('--no-sandbox')) {
    return 'Electron does not run as root';
  }
  let electron = findElectron();
  if (!electron) {
    console.log('Downloading Electron …');
    electron = downloadElectron();
  }
  if (!electron) return 'Electron could not be downloaded';
  const startedAt = Date.now();
  const { ended, errors } = run(electron, [root, ...args], { holdErrors: true });
  const code = await ended;
  if (code === 0 || Date.now() - startedAt > tooSoon) {
    process.exitCode = code;
    return 'done';
  }
  const missing = /error while loading shared libraries: ([^:]+)/.exec(errors())?.[1];
  return missing ? `Electron needs ${missing}, which is not installed` : 'Electron could not start here';
}

/**
 * Runs a program in this terminal.
 *
 * @param holdErrors keep what it writes to standard error for later; Chromium writes much there that helps nobody
 */
function run(command, commandArgs, { holdErrors = false } = {}) {
  const child = spawn(command, commandArgs, {
    stdio: ['inherit', 'inherit', holdErrors ? 'pipe' : 'inherit'],
    cwd: root,
  });
  let errors = '';
  child.stderr?.on('data', (chunk) => {
    errors = (errors + chunk).slice(-10_000);
  });
  // Ctrl+C reaches the child by itself; it is waited for here.
  const passOn = (signal) => child.kill(signal);
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', passOn);
  const ended = new Promise((resolve) => {
    child.once('error', () => resolve(127));
    child.once('close', (code) => resolve(code ?? 1));
  });
  return { ended, errors: () => errors };
}
