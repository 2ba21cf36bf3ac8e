import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium as browsers, type Page } from '@playwright/test';
import { build, preview } from 'vite';
import { chromium } from '../src-renderer/e2e/chromium.ts';

/** The renderer over a made-up main process, built as the product is, in a browser that can be asked for its memory. */
export interface DevPage {
  browser: Browser;
  address: string;
  close(): Promise<void>;
}

/** @returns undefined, and says why, where there is no Chromium */
export async function openDevPage(): Promise<DevPage | undefined> {
  if (!chromium.isThere) {
    console.log(`\nSkipped. ${chromium.missing}`);
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'rolegate-bench-page-'));
  const configFile = 'src-renderer/vite.config.ts';
  // React's development build would be measured otherwise.
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
  const { args, ...options } = chromium.options;
  const browser = await browsers.launch({
    ...options,
    args: [...args, '--enable-precise-memory-info', '--js-flags=--expose-gc'],
  });
  return {
    browser,
    address: server.resolvedUrls?.local[0] ?? '',
    async close() {
      await browser.close();
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Opens the page as somebody finds it who has these tables open, the last one in front, in the made-up session. */
export async function inSession(page: Page, address: string, scene: string, open: readonly string[]): Promise<void> {
  const desk = JSON.stringify(['aws', 'arn:aws:iam::123456789012:role/ExampleTeleportDynamoDBRole', 'us-east-1']);
  const remembered = {
    place: { sessionId: 'session-example', view: 'tables' },
    desks: { [desk]: { open, active: open.at(-1) } },
  };
  await page.addInitScript(`for (const [name, value] of Object.entries(${JSON.stringify(remembered)})) {
    localStorage.setItem('rolegate.' + name, JSON.stringify(value));
  }`);
  await page.goto(`${address}dev.html?scene=alice,session${scene}`);
}
