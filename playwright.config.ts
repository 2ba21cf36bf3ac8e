import { defineConfig } from '@playwright/test';

/**
 * End-to-end tests of the built app: in a real Electron window, and in browser mode with the system's Chromium.
 * Where one of the two is missing, its tests are skipped and say so.
 */
export default defineConfig({
  testDir: 'e2e/specs',
  outputDir: 'test-results/e2e',
  workers: 2,
  reporter: 'list',
  // These end what hangs; how long something takes on a busy machine is no reason to fail.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  projects: [
    { name: 'electron', testIgnore: '**/browser-*.spec.ts' },
    { name: 'browser', testIgnore: '**/electron-*.spec.ts' },
  ],
});
