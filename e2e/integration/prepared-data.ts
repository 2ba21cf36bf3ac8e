import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defaultEngine } from '../../src-sandbox/engine/engines.ts';
import { prepareData } from '../../src-sandbox/sandbox.ts';

/** Where the build puts the sandbox's prepared tables. */
export const preparedDir = fileURLToPath(new URL('../../dist/sandbox-data', import.meta.url));

/** Runs once before all tests: makes the prepared tables where no build has made them yet. */
export default async function setup(): Promise<void> {
  if (!existsSync(preparedDir)) await prepareData(preparedDir, defaultEngine());
}
