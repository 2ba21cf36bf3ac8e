import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium as browsers, type Page } from '@playwright/test';
import { build, preview } from 'vite';
import { chromium } from '../src-renderer/e2e/chromium.ts';
import { median, printTable } from './report.ts';

/**
 * The grid with many loaded rows of 60 columns, scrolled up and down, over a made-up main process: how long its frames
 * take, and what the page keeps in memory. Beside it a bare page that scrolls a plain tall box, in the same browser.
 */

const rows = Number(process.env['ROWS'] ?? 100_000);
const frames = 300;
/** How a frame scrolls on: six rows, which is fast; a fifth of a column; or to another place altogether. */
const downwards = 'box.scrollTop += 168;';
const across = 'box.scrollLeft = (frame * 24) % 4000;';
const jumps = 'box.scrollTop = (frame * 7919 * 28) % 2700000;';

async function measure(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'rolegate-bench-grid-'));
  const configFile = 'src-renderer/vite.config.ts';
  // Built as the product is: React's development build would be measured otherwise.
  await build({
    configFile,
    logLevel: 'error',
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'chrome130',
      rollupOptions: { input: 'src-renderer/dev.html' },
    },
  });
  const server = await preview({
    configFile,
    logLevel: 'error',
    build: { outDir: folder },
    preview: { host: '127.0.0.1', port: 0 },
  });
  const address = server.resolvedUrls?.local[0] ?? '';
  const { args, ...options } = chromium.options;
  const browser = await browsers.launch({
    ...options,
    args: [...args, '--enable-precise-memory-info', '--js-flags=--expose-gc'],
  });
  try {
    const bare = await browser.newPage();
    await bare.setContent(
      '<div id="s" style="height:700px;overflow:auto"><div style="height:3000000px">tall</div></div>',
    );
    const bareTimes = await scrolled(bare, '#s', downwards);
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await load(page, address);
    const down = await scrolled(page, '.grid-scroller', downwards);
    const sideways = await scrolled(page, '.grid-scroller', across);
    const jumping = await scrolled(page, '.grid-scroller', jumps);
    const megabytes = (await page.evaluate('(gc(), performance.memory.usedJSHeapSize / 1048576)')) as number;
    const row = (name: string, values: number[], memory: string) => [
      name,
      median(values).toFixed(1),
      percentile(values, 0.99).toFixed(1),
      String(values.filter((time) => time > 50).length),
      memory,
    ];
    printTable(
      `Scrolling ${rows.toLocaleString('en-US')} rows of 60 columns, ${frames} frames`,
      ['', 'median ms', 'p99 ms', 'over 50 ms', 'heap MB'],
      [
        row('a plain tall box, downwards', bareTimes, ''),
        row('the grid, downwards', down, megabytes.toFixed(0)),
        row('the grid, sideways', sideways, ''),
        row('the grid, a jump in each frame', jumping, ''),
      ],
    );
  } finally {
    await browser.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Somebody who has this table open already, in the made-up session. */
const desk = JSON.stringify(['aws', 'arn:aws:iam::123456789012:role/ExampleTeleportDynamoDBRole', 'us-east-1']);
const remembered = {
  place: { sessionId: 'session-example', view: 'tables' },
  desks: { [desk]: { open: ['Telemetry'], active: 'Telemetry' } },
};

/** Reads that many rows into the grid, as a person would who has raised the budget. */
async function load(page: Page, address: string): Promise<void> {
  await page.addInitScript(`for (const [name, value] of Object.entries(${JSON.stringify(remembered)})) {
    localStorage.setItem('rolegate.' + name, JSON.stringify(value));
  }`);
  await page.goto(`${address}dev.html?scene=alice,session,huge`);
  await page.getByText('200 loaded').waitFor();
  await page.getByRole('button', { name: 'Options' }).click();
  await page.getByLabel('items', { exact: true }).fill(String(rows));
  await page.getByLabel('pages', { exact: true }).fill('1000');
  await page.getByLabel('seconds', { exact: true }).fill('600');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Scan', exact: true }).click();
  await page.getByText(`${rows.toLocaleString('en-US')} loaded`).waitFor({ timeout: 300_000 });
}

/** The times between the frames while something is scrolled. */
async function scrolled(page: Page, selector: string, move: string): Promise<number[]> {
  const run = `new Promise((resolve) => {
    const box = document.querySelector(${JSON.stringify(selector)});
    const times = [];
    let last;
    let frame = 0;
    const step = (now) => {
      if (last !== undefined) times.push(now - last);
      last = now;
      if (frame++ === ${frames}) return resolve(times);
      ${move}
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  })`;
  return page.evaluate<number[]>(run);
}

function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

if (!chromium.isThere) console.log(`\nGrid: skipped. ${chromium.missing}`);
else await measure();
