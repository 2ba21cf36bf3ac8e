#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildAll } from './build.mjs';
import { findElectron } from './electron-binary.mjs';
import { countPlaywright, countVitest } from './test-report.mjs';

/**
 * `npm test`: builds, runs all tests and counts them. The last line is `N passed, N failed`. Tests that need what
 * this machine lacks (Electron, a display, Chromium, the aws CLI) are skipped and say so.
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const results = join(root, 'test-results');
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

await buildAll({ quiet: true });
// The build has set it to production, which is not what the tests, and the tools that they start, run in.
delete process.env['NODE_ENV'];

const counts = { passed: 0, failed: 0, skipped: 0, failures: [] };
runVitest();
runPlaywright('playwright.config.ts', 'e2e.json');
runPlaywright('src-renderer/e2e/playwright.config.ts', 'renderer.json');

// Once more at the end, where whoever looks at a long log looks first.
for (const { name, message } of counts.failures) console.log(`FAILED ${name}\n${message}\n`);
if (counts.skipped > 0) console.log(`${counts.skipped} skipped: each says above what it needs`);
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;

function runVitest() {
  const output = join(results, 'unit.json');
  const ended = npx('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${output}`]);
  add(ended, readJson(output), countVitest);
}

function runPlaywright(config, name) {
  if (!existsSync(join(root, config))) return;
  const output = join(results, name);
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: output };
  const ended = npx('playwright', ['test', '-c', config, '--reporter=list,json'], env, needsScreen());
  add(ended, readJson(output), countPlaywright);
}

/** A run that ended badly without a failed test (it could not even begin) counts as one failure. */
function add(ended, report, count) {
  const found = report && count(report);
  counts.passed += found?.passed ?? 0;
  counts.skipped += found?.skipped ?? 0;
  counts.failed += Math.max(found?.failed ?? 0, ended ? 0 : 1);
  counts.failures.push(...(found?.failures ?? []));
}

function npx(command, args, env = process.env, inScreen = false) {
  const bin = join(root, 'node_modules', '.bin', command);
  const [program, programArgs] = inScreen ? ['xvfb-run', ['-a', bin, ...args]] : [bin, args];
  return (
    spawnSync(program, programArgs, { cwd: root, stdio: 'inherit', env, shell: process.platform === 'win32' })
      .status === 0
  );
}

/** Whether Electron's tests need a screen made for them. */
function needsScreen() {
  if (process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY || !findElectron())
    return false;
  return spawnSync('xvfb-run', ['--help'], { stdio: 'ignore' }).status === 0;
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
