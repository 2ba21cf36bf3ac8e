import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ListTablesCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Page } from '@playwright/test';
import { cleanEnvironment } from '../e2e/clients/command-line.ts';
import { electronPath } from '../e2e/fixtures/requirements.ts';
import { startElectron } from '../e2e/fixtures/shells.ts';
import { exampleRole, removeHome, temporaryHome } from '../e2e/integration/test-engine.ts';
import { App } from '../e2e/pages/app.ts';
import { openSettings } from '../src-main/home/settings.ts';
import { median, printTable } from './report.ts';
import { type BenchAws, largeItems, largeTable, region, smallTables, startBenchAws } from './window-aws.ts';

/**
 * What a person waits for in the real window, beside the bare SDK that asks the same DynamoDB in the same round: the
 * first page of a table, the list of 2,500 tables, an item of nearly 400 KB.
 */

const openings = 15;
const tables = Number(process.env['TABLES'] ?? 2500);

if (!electronPath) console.log('\nWindow: skipped, because there is no Electron here, or no display.');
else {
  const aws = await startBenchAws(tables);
  try {
    await measure(aws);
  } finally {
    await aws.close();
  }
}

async function measure(aws: BenchAws): Promise<void> {
  const home = temporaryHome();
  const { accessKeyId, secretAccessKey } = aws.sandbox.serviceCredentials;
  const credentials = join(home.folder, 'credentials');
  writeFileSync(
    credentials,
    `[work]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
  );
  const settings = await openSettings(home.settingsFile);
  const endpoints = { '*': aws.sandbox.consoleOrigin };
  await settings.update({ way: 'own', own: { profile: 'work', region, roleArns: [exampleRole], endpoints } });
  const shell = await startElectron(
    cleanEnvironment({
      ROLEGATE_HOME: home.folder,
      ROLEGATE_SESSION_STORE: 'memory',
      AWS_CONFIG_FILE: join(home.folder, 'no-config'),
      AWS_SHARED_CREDENTIALS_FILE: credentials,
    }),
  );
  try {
    const app = new App(shell, home);
    await app.ready();
    await app.startRole();
    await measureList(app, aws);
    await measureFirstPage(app, aws);
    await measureLargeItem(app);
  } finally {
    await shell.quit();
    removeHome(home);
  }
}

async function measureList({ page }: App, { client }: BenchAws): Promise<void> {
  const heading = page.getByRole('complementary', { name: 'Tables' }).locator('[aria-live]');
  const again = page.getByRole('button', { name: 'Read the list again' });
  await again.waitFor();
  const shown = (await heading.textContent()) ?? '';
  const [raw, list, filter]: number[][] = [[], [], []];
  for (let round = 0; round < 5; round++) {
    const start = performance.now();
    let after: string | undefined;
    do {
      const answer = await client.send(new ListTablesCommand({ Limit: 100, ExclusiveStartTableName: after }));
      after = answer.LastEvaluatedTableName;
    } while (after !== undefined);
    raw?.push(performance.now() - start);
    await again.waitFor();
    list?.push(
      await timed(
        page,
        `window.hasBegun = false; document.querySelector('[aria-label="Read the list again"]').click()`,
        // While it reads, there is a spinner in the place of the button.
        `(window.hasBegun ||= !document.querySelector('[aria-label="Read the list again"]')) &&
         document.querySelector('aside[aria-label=Tables] [aria-live]').textContent === ${JSON.stringify(shown)} &&
         document.querySelector('[aria-label="Read the list again"]')`,
      ),
    );
    const wanted = `many-12${round}`;
    filter?.push(await timed(page, typed('Search tables', wanted), firstOption(`${wanted}0`)));
    await timed(page, typed('Search tables', ''), 'document.querySelectorAll("[role=option]").length > 10');
  }
  printTable(
    `A list of ${shown} tables, medians of 5 rounds`,
    ['', 'ms', 'over the SDK'],
    [
      row('the bare SDK, all pages', raw, undefined),
      row('the window, until all are listed', list, raw),
      row('the window, until a filter shows', filter, undefined),
    ],
  );
}

async function measureFirstPage({ page }: App, { client }: BenchAws): Promise<void> {
  const [raw, shown]: number[][] = [[], []];
  await timed(page, typed('Search tables', 'bench-page'), firstOption(smallTables[0] ?? ''));
  for (const [place, table] of smallTables.entries()) {
    const start = performance.now();
    await client.send(new ScanCommand({ TableName: table, Limit: 200 }));
    const took = performance.now() - start;
    const milliseconds = await timed(
      page,
      `[...document.querySelectorAll('[role=option]')].find((row) => row.textContent.startsWith('${table}')).click()`,
      `document.querySelector('[role=grid][aria-label="Items of ${table}"] [data-row="0"]')`,
    );
    // The first ones load the SDK, here and there.
    if (place < 2) continue;
    raw?.push(took);
    shown?.push(milliseconds);
  }
  printTable(
    `The first page of a table (200 items of 20 attributes), medians of ${smallTables.length - 2}`,
    ['', 'ms', 'over the SDK'],
    [row('the bare SDK, the answer', raw, undefined), row('the window, on the screen', shown, raw)],
  );
}

async function measureLargeItem(app: App): Promise<void> {
  const { page } = app;
  await app.page.getByRole('combobox', { name: 'Search tables' }).fill('bench-large');
  const grid = await app.openTable(largeTable);
  await grid.locator('[data-row="0"]').waitFor();
  const loaded = await grid.locator('[data-row] [data-column="0"][role=gridcell]').allTextContents();
  const times: number[] = [];
  const there = largeItems.filter((name) => loaded.includes(name));
  for (let round = 0; round < openings; round++) {
    const id = there[round % there.length];
    times.push(
      await timed(
        page,
        `[...document.querySelectorAll('[role=gridcell][data-column="0"]')].find((cell) => cell.textContent === '${id}').click()`,
        `document.querySelector('aside[aria-label=Item] header p')?.textContent === '${id}' &&
         document.querySelector('aside[aria-label=Item] [data-index="8"]')`,
      ),
    );
    await page.keyboard.press('Escape');
    await page.getByRole('complementary', { name: 'Item' }).waitFor({ state: 'detached' });
  }
  printTable(
    `Opening an item of nearly 400 KB, ${openings} times`,
    ['', 'ms', 'the first'],
    [['the window, its first lines', median(times).toFixed(0), (times[0] ?? 0).toFixed(0)]],
  );
}

/** Milliseconds from an action in the page until the frame after the one in which something is there. */
function timed(page: Page, action: string, isThere: string): Promise<number> {
  return page.evaluate<number>(`new Promise((resolve) => {
    const start = performance.now();
    const look = () => {
      if (${isThere}) requestAnimationFrame(() => resolve(performance.now() - start));
      else requestAnimationFrame(look);
    };
    ${action};
    look();
  })`);
}

function typed(label: string, text: string): string {
  return `(() => {
    const box = document.querySelector('[aria-label="${label}"]');
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(box, '${text}');
    box.dispatchEvent(new Event('input', { bubbles: true }));
  })()`;
}

function firstOption(text: string): string {
  return `document.querySelector('[role=option]')?.textContent.startsWith('${text}')`;
}

function row(name: string, values: number[] | undefined, beside: number[] | undefined): string[] {
  const time = median(values ?? []);
  return [name, time.toFixed(0), beside ? `${(time - median(beside)).toFixed(0)} ms` : ''];
}
