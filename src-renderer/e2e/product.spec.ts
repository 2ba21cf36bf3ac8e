import type { Page } from '@playwright/test';
import { build, type Rollup } from 'vite';
import { expect, inSession, test } from './fixtures.ts';

/** What the product is served with, in Electron and in browser mode. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'";
const origin = 'http://rolegate.test';
const root = `${import.meta.dirname}/..`;

type Files = ReadonlyMap<string, string>;
let files: Files;
let bridge: string;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  files = await built({ root, input: `${root}/index.html` });
  const [code] = (await built({ root, library: `${root}/e2e/inject.ts` })).values();
  bridge = code ?? '';
});

test('the built product runs under its content security policy', async ({ page }) => {
  await serve(page, 'alice,session', inSession('tables', ['Orders']));
  await page.getByText('200 loaded').waitFor();
  await page.getByRole('gridcell').first().click();
  await page.getByRole('complementary', { name: 'Item' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('option', { name: 'Connect a tool' }).click();
  await page.getByRole('heading', { name: 'boto3' }).waitFor();
  await page.getByRole('button', { name: 'Launch console' }).click();
  await page.getByText('Opened in your browser').first().waitFor();
  await page.getByRole('button', { name: 'User alice' }).click();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  await page.getByRole('combobox', { name: 'Profile' }).click();
  await page.getByRole('option', { name: 'acme-dev' }).click();
  await page.getByRole('button', { name: 'Region' }).click();
  await page.getByRole('listbox', { name: 'Regions' }).waitFor();
  expect(await page.evaluate('document.querySelectorAll("style").length')).toBe(0);
  expect(await page.evaluate('window.violations')).toEqual([]);
});

test('the built login is drawn by little code', async ({ page }) => {
  const requested: string[] = [];
  page.on('request', (request) => requested.push(new URL(request.url()).pathname.slice(1)));
  await serve(page, '');
  await page.getByRole('button', { name: 'Log in as alice' }).waitFor();
  const html = files.get('index.html') ?? '';
  const first = requested.filter((name) => html.includes(name) && name.endsWith('.js'));
  const bytes = first.reduce((sum, name) => sum + (files.get(name)?.length ?? 0), 0);
  expect(bytes).toBeLessThan(330_000);
});

test('nothing made up is in the product', () => {
  // CodeMirror's own themes have pictures: one for tabs, which is drawn only where white space is shown, and lines
  // under what is wrong, in place of which our theme has one without a picture.
  const all = [...files.values()]
    .join('\n')
    .replace(/"\.cm-highlightTab":\{backgroundImage:`url\('data:image/, '')
    .replace(/`url\('data:image\/svg\+xml,<svg xmlns="[^"]*" \$\{/, '');
  expect([...files.keys()].filter((name) => name.endsWith('.html'))).toEqual(['index.html']);
  for (const word of ['white-rabbit', 'FakeBridge', 'session-example', 'data:image', 'eval(', 'https://fonts']) {
    expect(all).not.toContain(word);
  }
});

/** Builds into memory: the page, or one script for it. */
async function built(what: { root: string; input?: string; library?: string }): Promise<Files> {
  const { root: folder, input, library } = what;
  const output = await build({
    configFile: `${folder}/vite.config.ts`,
    base: './',
    logLevel: 'error',
    build: {
      write: false,
      target: 'chrome130',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      ...(library === undefined
        ? { rollupOptions: { input: input! } }
        : { lib: { entry: library, formats: ['iife'], name: 'injected' } }),
    },
  });
  const chunks = (Array.isArray(output) ? output : [output]) as Rollup.RollupOutput[];
  return new Map(
    chunks.flatMap(({ output: parts }) =>
      parts.map((part) => [part.fileName, part.type === 'chunk' ? part.code : String(part.source)] as const),
    ),
  );
}

const types: Record<string, string> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
};

/** Serves the built files to the page, under the policy, and opens it. */
async function serve(page: Page, scene: string, remembered: Record<string, unknown> = {}): Promise<void> {
  await page.route(`${origin}/**`, (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    const body = files.get(name);
    const contentType = types[name.split('.').at(-1) ?? ''] ?? 'text/plain';
    if (body === undefined)
      return route.fulfill({
        status: name === 'mark.svg' || name === 'theme-first.js' ? 200 : 404,
        contentType,
        body: '',
      });
    return route.fulfill({ contentType, body, headers: { 'content-security-policy': policy } });
  });
  await page.addInitScript(
    ({ scene: parts, stores }) => {
      const log: string[] = [];
      Object.assign(window, { scene: `scene=${parts}`, violations: log });
      document.addEventListener('securitypolicyviolation', (event) =>
        log.push(`${event.violatedDirective} ${event.blockedURI}`),
      );
      for (const [name, value] of Object.entries(stores))
        localStorage.setItem(`rolegate.${name}`, JSON.stringify(value));
    },
    { scene, stores: remembered },
  );
  await page.addInitScript(bridge);
  await page.goto(`${origin}/index.html`);
}
