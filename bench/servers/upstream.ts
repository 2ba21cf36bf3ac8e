import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataFolders } from '../../src-sandbox/engine/data-folders.ts';
import { Engines } from '../../src-sandbox/engine/engines.ts';
import { startSandbox } from '../../src-sandbox/sandbox.ts';
import { answerUsage } from './usage.ts';

/**
 * What all variants talk to in the end: a DynamoDB engine, and an STS for the app-service's role. The engine's tables can
 * be others than the sandbox's.
 */
const [preparedDir = '', tablesDir = preparedDir] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'rolegate-bench-'));
const sandbox = await startSandbox({ stateDir: join(folder, 'aws'), preparedDir });
const engines = new Engines('dynoxide', await openDataFolders(join(folder, 'direct'), tablesDir, 'dynoxide'));
const engine = await engines.of('us-east-1');
answerUsage({ engine: engine.origin, sts: sandbox.endpoints.sts, ...sandbox.serviceCredentials });
