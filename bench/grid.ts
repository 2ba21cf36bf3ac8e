import { readFileSync } from 'node:fs';
import type { Browser, Page } from '@playwright/test';
import { inSession, openDevPage } from './dev-page.ts';
import { frameCosts, type TraceEvent } from './frame-costs.ts';
import { median, percentile, printTable } from './report.ts';

/**
 * The grid with many loaded rows of 60 columns, scrolled in several ways over a made-up main process, and a bare page
 * that scrolls a plain tall box beside it, in interleaved rounds. Times between frames are the machine's as much as
 * ours: the bare page shows how much. What counts is the CPU time that the page's main thread takes for each frame,
 * which others do not take part in: a frame of ours cannot be done in less, and late by more it is not our doing.
 */

const rows = Number(process.env['ROWS'] ?? 100_000);
const rounds = Number(process.env['ROUNDS'] ?? 5);
const frames = 120;
const bareName = 'a plain tall box';
/** Longer than this no frame may take, in milliseconds. */
const longest = 50;

/** How a frame scrolls on: six rows, which is fast; back up; a fifth of a column; or to another place altogether. */
const moves = {
  downwards: 'box.scrollTop += 168;',
  upwards: 'box.scrollTop -= 168;',
  sideways: 'box.scrollLeft = (frame * 24) % 4000;',
  'a jump in each frame': 'box.scrollTop = (frame * 7919 * 28) % (box.scrollHeight - 1000);',
} as const;

interface Scrolled {
  /** Milliseconds between frames. */
  times: number[];
  /** Milliseconds of CPU time of the main thread, of each frame. */
  costs: number[];
}

async function measure(): Promise<void> {
  const dev = await openDevPage();
  if (!dev) return;
  try {
    const bare = await dev.browser.newPage({ viewport: { width: 1280, height: 800 } });
    await bare.setContent(
      '<div id="s" style="height:700px;overflow:auto"><div style="height:3000000px">tall</div></div>',
    );
    const page = await dev.browser.newPage({ viewport: { width: 1280, height: 800 } });
    await load(page, dev.address);
    const names = [bareName, ...Object.keys(moves)];
    const results = new Map<string, Scrolled[]>(names.map((name) => [name, []]));
    for (let round = 0; round < rounds; round++) {
      results.get(bareName)?.push(await scrolled(dev.browser, bare, '#s', moves.downwards));
      for (const [name, move] of Object.entries(moves)) {
        results.get(name)?.push(await scrolled(dev.browser, page, '.grid-scroller', move));
      }
    }
    const scrolledMemory = await memoryOf(dev.browser, page);
    const sortTime = await sorted(page);
    printTable(
      `Scrolling ${rows.toLocaleString('en-US')} rows of 60 columns, ${frames} frames in each of ${rounds} rounds`,
      ['', 'CPU ms/frame', 'p99', 'longest', `over ${longest}`, 'between frames ms', 'p99', 'bare p99 then'],
      names.map((name) => rowOf(name, results.get(name) ?? [], results.get(bareName) ?? [])),
    );
    printTable(
      'Memory of the page',
      ['', 'heap MB', 'its process, private MB'],
      [
        ['after all that', ...scrolledMemory],
        [`sorted by a column, in ${sortTime.toFixed(0)} ms`, ...(await memoryOf(dev.browser, page))],
      ],
    );
  } finally {
    await dev.close();
  }
}

function rowOf(name: string, all: readonly Scrolled[], bare: readonly Scrolled[]): string[] {
  const costs = all.flatMap((one) => one.costs);
  const p99 = (of: readonly Scrolled[]) => median(of.map(({ times }) => percentile(times, 0.99)));
  return [
    name,
    median(costs).toFixed(1),
    percentile(costs, 0.99).toFixed(1),
    Math.max(...costs).toFixed(1),
    `${costs.filter((cost) => cost > longest).length} of ${costs.length}`,
    median(all.map(({ times }) => median(times))).toFixed(1),
    p99(all).toFixed(1),
    p99(bare).toFixed(1),
  ];
}

/** Sorts the loaded rows by a column that is drawn. @returns how long it took, in milliseconds */
function sorted(page: Page): Promise<number> {
  return page.evaluate<number>(`new Promise((resolve) => {
    const head = [...document.querySelectorAll('[role=columnheader]')].find((one) => one.textContent.startsWith('channel_'));
    const start = performance.now();
    head.click();
    const look = () =>
      head.getAttribute('aria-sort') === 'ascending' ? resolve(performance.now() - start) : requestAnimationFrame(look);
    look();
  })`);
}

/** The heap once it has been tidied up, and what the page's process has for itself, where the system tells. */
async function memoryOf(browser: Browser, page: Page): Promise<[string, string]> {
  const heap = (await page.evaluate('(gc(), performance.memory.usedJSHeapSize / 1048576)')) as number;
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const pages = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => privateMegabytes(id));
  const largest = Math.max(...pages.map((megabytes) => megabytes ?? Number.NaN));
  return [heap.toFixed(0), Number.isNaN(largest) ? 'unknown' : largest.toFixed(0)];
}

function privateMegabytes(pid: number): number | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    const kilobytes = [...text.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB$/gm)].map(([, number]) => Number(number));
    return kilobytes.reduce((sum, number) => sum + number, 0) / 1024;
  } catch {
    return undefined;
  }
}

/** Reads that many rows into the grid, as a person would who has raised the budget. */
async function load(page: Page, address: string): Promise<void> {
  await inSession(page, address, ',huge', ['Telemetry']);
  await page.getByText('200 loaded').waitFor();
  await page.getByRole('button', { name: 'Options' }).click();
  await page.getByLabel('items', { exact: true }).fill(String(rows));
  await page.getByLabel('pages', { exact: true }).fill('1000');
  await page.getByLabel('seconds', { exact: true }).fill('600');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Scan', exact: true }).click();
  await page.getByText(`${rows.toLocaleString('en-US')} loaded`).waitFor({ timeout: 300_000 });
}

/** Scrolls something for a while. */
async function scrolled(browser: Browser, page: Page, selector: string, move: string): Promise<Scrolled> {
  await page.bringToFront();
  await browser.startTracing(page, { categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'] });
  const times = await page.evaluate<number[]>(`new Promise((resolve) => {
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
  })`);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  return { times, costs: frameCosts(traceEvents) };
}

await measure();
