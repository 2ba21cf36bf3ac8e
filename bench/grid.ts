import type { Page } from '@playwright/test';
import { inSession, openDevPage } from './dev-page.ts';
import { median, percentile, printTable } from './report.ts';

/**
 * The grid with many loaded rows of 60 columns, scrolled in several ways over a made-up main process, and a bare page
 * that scrolls a plain tall box beside it, in interleaved rounds. A busy machine makes both late, so what counts is the
 * difference between the two, and the CPU time of the page's main thread for a frame, which others do not disturb.
 */

const rows = Number(process.env['ROWS'] ?? 100_000);
const rounds = Number(process.env['ROUNDS'] ?? 5);
const frames = 120;

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
  /** Milliseconds of CPU time of the main thread, for each frame. */
  cpu: number;
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
    const names = ['a plain tall box', ...Object.keys(moves)] as const;
    const results = new Map<string, Scrolled[]>(names.map((name) => [name, []]));
    for (let round = 0; round < rounds; round++) {
      results.get('a plain tall box')?.push(await scrolled(bare, '#s', moves.downwards));
      for (const [name, move] of Object.entries(moves)) {
        results.get(name)?.push(await scrolled(page, '.grid-scroller', move));
      }
    }
    const megabytes = (await page.evaluate('(gc(), performance.memory.usedJSHeapSize / 1048576)')) as number;
    const p99 = (name: string) => median((results.get(name) ?? []).map(({ times }) => percentile(times, 0.99)));
    printTable(
      `Scrolling ${rows.toLocaleString('en-US')} rows of 60 columns, ${frames} frames, medians of ${rounds} rounds; heap ${megabytes.toFixed(0)} MB`,
      ['', 'CPU ms/frame', 'median ms', 'p99 ms', 'p99 over the bare page'],
      names.map((name) => {
        const all = results.get(name) ?? [];
        return [
          name,
          median(all.map(({ cpu }) => cpu)).toFixed(1),
          median(all.map(({ times }) => median(times))).toFixed(1),
          p99(name).toFixed(1),
          `${Math.max(0, p99(name) - p99('a plain tall box')).toFixed(1)} ms`,
        ];
      }),
    );
  } finally {
    await dev.close();
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
async function scrolled(page: Page, selector: string, move: string): Promise<Scrolled> {
  await page.bringToFront();
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const cpu = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
  };
  const before = await cpu();
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
  const used = ((await cpu()) - before) / frames;
  await session.detach();
  return { times, cpu: used };
}

await measure();
