import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { accountId } from '../iam/account.ts';
import { engineHeaders } from './ask.ts';
import { type Engine, EngineError, type EngineStart } from './engine.ts';
import { engineAtPort } from './engine-at-port.ts';

/**
 * What runs in the worker. It is a text because a worker needs a file, and neither the bundle nor a test run has one
 * for it. A worker of its own, because dynalite throws some of its errors where nobody can catch them: there they
 * end the engine and not the application.
 */
const program = `
const { parentPort, workerData } = require('node:worker_threads');
const server = require(workerData.dynalite)({ path: workerData.folder, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
parentPort.once('message', () => server.close(() => process.exit()));
`;

/** How long it may take to stop before it is made to, in milliseconds. */
const stopTimeout = 5_000;

/**
 * Starts dynalite on a region's LevelDB folder.
 *
 * @throws EngineError with what the engine said
 */
export async function startDynalite({ folder, region }: EngineStart): Promise<Engine> {
  const worker = new Worker(program, {
    eval: true,
    // Where dynalite finds the account and region of its ARNs.
    env: { AWS_ACCOUNT_ID: accountId, AWS_REGION: region },
    workerData: { dynalite: createRequire(import.meta.url).resolve('dynalite'), folder },
  });
  let failure = 'it said nothing.';
  worker.on('error', (error) => {
    failure = sentenceOf(error);
  });
  const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const port = await Promise.race([
    new Promise<number>((resolve) => worker.once('message', resolve)),
    gone.then(() => undefined),
  ]);
  if (port === undefined) throw new EngineError(`The sandbox's DynamoDB engine did not start: ${failure}`);
  const engine = await engineAtPort(port, gone, async () => {
    worker.postMessage('stop');
    const timer = setTimeout(() => void worker.terminate(), stopTimeout);
    await gone;
    clearTimeout(timer);
  });
  try {
    await openData(engine);
  } catch {
    await engine.close();
    throw new EngineError(
      `The sandbox's DynamoDB engine cannot open its data (${failure}). Another sandbox may be using the same folder.`,
    );
  }
  return engine;
}

/** dynalite listens before it has opened its data, and ends when it cannot: the first question tells. */
async function openData({ http }: Engine): Promise<void> {
  const headers = { ...engineHeaders, 'x-amz-target': 'DynamoDB_20120810.DescribeTable' };
  const { body } = await http.request({ method: 'POST', path: '/', headers, body: '{"TableName":"any"}' });
  await body.dump();
}

function sentenceOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return error instanceof Error ? `${error.message}${cause}` : String(error);
}
