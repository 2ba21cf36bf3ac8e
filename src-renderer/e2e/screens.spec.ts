import type { Page } from '@playwright/test';
import { accessibilityProblems, expect, test } from './fixtures.ts';
import { resized, screens } from './screens/index.ts';

const sizes = [
  { name: 'small', width: 900, height: 600 },
  { name: 'large', width: 1720, height: 1050 },
];

for (const screen of screens) {
  test(screen.name, async ({ page, open }, { project, outputDir: _ }) => {
    const folder = `${project.outputDir}/screens`;
    await open(screen);
    await screen.steps?.(page);
    await still(page);
    await page.screenshot({ path: `${folder}/${screen.name}-${project.name}.png` });
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    if (!resized.has(screen.name)) return;
    for (const { name, width, height } of sizes) {
      await page.setViewportSize({ width, height });
      await still(page);
      await page.screenshot({ path: `${folder}/${screen.name}-${project.name}-${name}.png` });
    }
  });
}

/** Waits until nothing moves any more; what turns for ever (spinners, skeletons) does not count. */
async function still(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document.getAnimations().every((animation) => {
      const timing = animation.effect?.getComputedTiming();
      return animation.playState !== 'running' || timing?.iterations === Number.POSITIVE_INFINITY;
    }),
  );
}
