import type { Page } from '@playwright/test';
import { accessibilityProblems, colourProblems, expect } from './fixtures.ts';
import { test } from './kept-context.ts';
import { resized, screens } from './screens/index.ts';

const themes = ['dark', 'light'] as const;

const sizes = [
  { name: 'small', width: 900, height: 600 },
  { name: 'large', width: 1720, height: 1050 },
];

// Both themes of one page: what it is made of is the same in both, and they follow the system live.
for (const screen of screens) {
  test(screen.name, async ({ page, open }, { project, outputDir: _ }) => {
    const folder = `${project.outputDir}/screens`;
    await open(screen);
    await screen.steps?.(page);
    for (const theme of themes) {
      await show(page, theme);
      await page.screenshot({ path: `${folder}/${screen.name}-${theme}.png` });
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `fits, ${theme}`).toBe(true);
    }
    await show(page, 'light');
    const light = await accessibilityProblems(page);
    await show(page, 'dark');
    const dark = await colourProblems(page);
    expect({ light, dark }).toEqual({ light: [], dark: [] });
    if (!resized.has(screen.name)) return;
    for (const { name, width, height } of sizes) {
      await page.setViewportSize({ width, height });
      for (const theme of themes) {
        await show(page, theme);
        await page.screenshot({ path: `${folder}/${screen.name}-${theme}-${name}.png` });
      }
    }
  });
}

/** Shows a theme, and waits until nothing moves any more; what turns for ever (spinners, skeletons) does not count. */
async function show(page: Page, colorScheme: (typeof themes)[number]): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.waitForFunction(() =>
    document.getAnimations().every((animation) => {
      const timing = animation.effect?.getComputedTiming();
      return animation.playState !== 'running' || timing?.iterations === Number.POSITIVE_INFINITY;
    }),
  );
}
