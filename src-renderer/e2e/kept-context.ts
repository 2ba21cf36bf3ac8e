import type { BrowserContext, Page } from '@playwright/test';
import { contextOptions } from './context-options.ts';
import { test as base } from './fixtures.ts';

/** The one browser context of a worker. */
interface Kept {
  context: BrowserContext;
  /** A page with nothing in it, which stays open. */
  anchor: Page;
}

/**
 * `test` for what opens a page only to look at it: each has a page of its own, in one browser context and, thanks to
 * the anchor, in one process, which has compiled the product already. A page finds nothing of the one before it.
 */
export const test = base.extend<object, { kept: Kept }>({
  kept: [
    async ({ browser }, use) => {
      const context = await browser.newContext(contextOptions);
      const anchor = await context.newPage();
      await anchor.goto('/mark.svg');
      await use({ context, anchor });
      await context.close();
    },
    { scope: 'worker' },
  ],
  page: async ({ kept: { context, anchor } }, use) => {
    // All that the product keeps beyond its page.
    await anchor.evaluate('localStorage.clear()');
    await use(await context.newPage());
    // The page, and whatever it has opened.
    for (const page of context.pages()) if (page !== anchor) await page.close();
  },
});
