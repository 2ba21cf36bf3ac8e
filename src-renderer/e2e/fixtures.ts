// biome-ignore lint/style/noRestrictedImports: this runs in Node, beside the page and not in it.
import { readFileSync } from 'node:fs';
import { test as base, type ConsoleMessage, expect, type Page } from '@playwright/test';
import type { Result, RunOptions } from 'axe-core';
import type { FakeControl } from '../dev/dev.ts';
import { chromium } from './chromium.ts';

export { expect };

/** How a page is opened. */
export interface Visit {
  /** `?scene=…` of the development page; see bridge/fake/scenes.ts. */
  query?: string;
  /** What the page remembers from before, by the name of the store. */
  remembered?: Record<string, unknown>;
}

interface Fixtures {
  /** Opens the development page and waits until its first screen is drawn. */
  open: (visit?: Visit) => Promise<void>;
  /** What the page complained of; any complaint fails the test. */
  complaints: string[];
}

/** Playwright's test, with a page over a made-up main process. */
export const test = base.extend<Fixtures>({
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message: ConsoleMessage) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
      });
      await use(complaints);
      expect(complaints, 'errors and warnings on the console').toEqual([]);
    },
    { auto: true },
  ],
  open: async ({ page }, use) => {
    await use(async ({ query = '', remembered = {} } = {}) => {
      await page.addInitScript((stores) => {
        for (const [name, value] of Object.entries(stores)) {
          localStorage.setItem(`rolegate.${name}`, JSON.stringify(value));
        }
      }, remembered);
      await page.goto(`/dev.html?${query}`);
      await drawn(page);
    });
  },
});

test.skip(!chromium.isThere, chromium.missing);

/** Waits until the first real screen is there, or the one that says that Rolegate is starting. */
async function drawn(page: Page): Promise<void> {
  await page.locator('html[data-app-state=loaded], main[aria-busy=true]').first().waitFor();
}

/** What the page remembers of somebody who was last in the example session. */
export function inSession(
  view: 'tables' | 'partiql' | 'connect' = 'tables',
  tables: string[] = [],
): Record<string, unknown> {
  const desk = JSON.stringify(['aws', 'arn:aws:iam::123456789012:role/ExampleTeleportDynamoDBRole', 'us-east-1']);
  const active = tables.at(-1);
  return {
    place: { sessionId: 'session-example', view },
    desks: { [desk]: { open: tables, ...(active !== undefined && { active }) } },
  };
}

/** Does something to the made-up main process. */
export function withFake<Argument>(
  page: Page,
  run: (fake: FakeControl, argument: Argument) => void,
  argument: Argument,
): Promise<void> {
  return page.evaluate(`(${run.toString()})(window.fake, ${JSON.stringify(argument)})`);
}

// The small one: a page of the specs takes longer to read the other than to be looked at with it.
const axeSource = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

const inPopup = 'xpath=ancestor-or-self::*[@role="menu" or @role="listbox"]';

/** What axe finds wrong with the page as it is, one line a rule. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return violations(page, {});
}

/** Those of its rules that colours can break, on a page that `accessibilityProblems` has looked at. */
export function colourProblems(page: Page): Promise<string[]> {
  return violations(page, { runOnly: ['color-contrast', 'link-in-text-block'] });
}

async function violations(page: Page, options: RunOptions): Promise<string[]> {
  const run = `axe.run(document, ${JSON.stringify({ ...options, resultTypes: ['violations'] })})`;
  const found = (await page.evaluate(`${run}.then(({ violations }) => violations)`)) as Result[];
  const problems = found.flatMap(({ id, nodes }) => nodes.map(({ html, target }) => ({ id, html, target })));
  const real: string[] = [];
  for (const { id, html, target } of problems) {
    // Menus and lists that drop down are drawn outside of every landmark, and belong there.
    const isPopup =
      id === 'region' &&
      (await page
        .locator(`${String(target[0])}`)
        .locator(inPopup)
        .count()) > 0;
    if (!isPopup) real.push(`${id}: ${html.slice(0, 300)}`);
  }
  return real;
}
