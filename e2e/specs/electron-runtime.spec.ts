import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { electronPath, sandboxFlags } from '../fixtures/requirements.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('every package that the product needs loads in Electron’s own Node', () => {
  test.skip(!electronPath, 'There is no Electron here, or no display.');
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  // Inside the checkout, so that the packages are found.
  const folder = mkdtempSync(join(root, 'node_modules', '.electron-runtime-'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module","main":"main.js"}');
  writeFileSync(
    join(folder, 'main.js'),
    `import { writeFileSync } from 'node:fs';
     import { app } from 'electron';
     const failed = [];
     // The certificate library wants this one first.
     await import('reflect-metadata');
     for (const name of ${JSON.stringify(Object.keys(dependencies))}) {
       try { await import(name); } catch (error) { failed.push(name + ': ' + error.message); }
     }
     writeFileSync(new URL('result.json', import.meta.url), JSON.stringify({ failed }));
     app.exit(0);`,
  );
  spawnSync(electronPath ?? '', [folder, ...sandboxFlags], { timeout: 60_000 });
  const result = JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8')) as { failed: string[] };
  rmSync(folder, { recursive: true });
  expect(result.failed).toEqual([]);
});
