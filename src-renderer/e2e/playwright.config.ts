// biome-ignore lint/style/noRestrictedImports: this runs in Node, beside the page and not in it.
import { tmpdir } from 'node:os';
import { defineConfig } from '@playwright/test';
import { chromium } from './chromium.ts';
import { contextOptions, port } from './context-options.ts';

const { args, ...launchOptions } = chromium.options;

/**
 * Every screen and every state, over a made-up main process (dev.html), in both themes. Screenshots are written
 * outside the repository, to be looked at: `ROLEGATE_SCREENSHOTS`, or the system's temporary folder.
 *
 *     npx playwright test -c src-renderer/e2e/playwright.config.ts
 */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: `${process.env['ROLEGATE_SCREENSHOTS'] ?? tmpdir()}/rolegate-ui`,
  fullyParallel: true,
  workers: 2,
  reporter: 'list',
  // These end what hangs; how long something takes on a busy machine is no reason to fail.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  use: {
    ...contextOptions,
    // Pages of one browser context share a process, with what it has compiled; see kept-context.ts.
    launchOptions: { ...launchOptions, args: [...args, '--process-per-site'] },
  },
  // Without a browser there is nothing to serve, and every test says that it was skipped.
  ...(chromium.isThere && {
    webServer: {
      // Built once and served whole: each test opens a fresh page, and hundreds of modules one by one take seconds.
      command: `npx vite build --config page.vite.config.ts && npx vite preview --config page.vite.config.ts --port ${port}`,
      env: { NODE_ENV: 'development' },
      url: `http://127.0.0.1:${port}/dev.html`,
      timeout: 180_000,
    },
  }),
});
