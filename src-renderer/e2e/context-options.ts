import type { BrowserContextOptions } from '@playwright/test';

/** Two checkouts on one machine need a port each. */
export const port = Number(process.env['ROLEGATE_UI_PORT'] ?? 5187);

/** How the page is looked at, unless a test says otherwise. */
export const contextOptions = {
  baseURL: `http://127.0.0.1:${port}`,
  viewport: { width: 1280, height: 800 },
  locale: 'en-US',
  timezoneId: 'UTC',
  colorScheme: 'dark',
} satisfies BrowserContextOptions;
