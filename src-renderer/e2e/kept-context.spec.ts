import { expect } from './fixtures.ts';
import { test } from './kept-context.ts';

// One after the other, in one worker.
test.describe.configure({ mode: 'serial' });

test('a page leaves things behind', async ({ page, open }) => {
  await open();
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 900, height: 600 });
  await page.evaluate(
    'localStorage.setItem("rolegate.left", "1"), sessionStorage.setItem("left", "1"), window.left = 1',
  );
  const [opened] = await Promise.all([
    page.waitForEvent('popup'),
    page.evaluate('void window.open("/dev.html", "left")'),
  ]);
  await opened.waitForLoadState();
});

test('the page after it, in the same context, finds none of them', async ({ page, open, kept }) => {
  await open();
  expect(await page.evaluate('[localStorage.getItem("rolegate.left"), sessionStorage.length, window.left]')).toEqual([
    null,
    0,
    undefined,
  ]);
  expect(await page.evaluate('[innerWidth, matchMedia("(prefers-color-scheme: dark)").matches]')).toEqual([1280, true]);
  expect(kept.context.pages()).toEqual([kept.anchor, page]);
});
