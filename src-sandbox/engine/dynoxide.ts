import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { type Engine, EngineError, type EngineStart } from './engine.ts';
import { engineAtPort } from './engine-at-port.ts';
import { startGuarded } from './guarded-process.ts';

/** The SQLite file in a region's folder. */
export const databaseFile = 'tables.db';

/** How long the engine may take to start, in milliseconds. */
const startTimeout = 15_000;
const startAttempts = 5;

/**
 * The dynoxide program for this machine.
 *
 * @returns undefined where there is none; Windows is left out because the engine's guard needs a POSIX shell
 */
export function dynoxideProgram(): string | undefined {
  if (process.platform === 'win32') return undefined;
  try {
    const resolved = createRequire(import.meta.url).resolve(`@dynoxide/${process.platform}-${process.arch}/dynoxide`);
    // A program cannot be run from inside Electron's archive; it lies unpacked beside it.
    return resolved.replace(/([\\/]app\.asar)(?=[\\/])/, '$1.unpacked');
  } catch {
    return undefined;
  }
}

/**
 * Starts dynoxide on a region's database.
 *
 * @throws EngineError with what the engine said
 */
export async function startDynoxide({ folder }: EngineStart): Promise<Engine> {
  const program = dynoxideProgram();
  if (program === undefined) throw new EngineError('There is no dynoxide for this kind of machine.');
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnPort(program, join(folder, databaseFile), await freePort());
    } catch (error) {
      // Somebody else may have taken the port in the meantime.
      const taken = error instanceof EngineError && /already in use/.test(error.message);
      if (!taken || attempt === startAttempts) throw error;
    }
  }
}

async function startOnPort(program: string, database: string, port: number): Promise<Engine> {
  const address = ['--host', '127.0.0.1', '--port', String(port)];
  const { stderr, gone, stop } = startGuarded(program, ['serve', ...address, '--db-path', database]);
  const started = await untilListening(stderr);
  if (started.ok) return engineAtPort(port, gone, stop);
  await stop();
  throw new EngineError(`The sandbox's DynamoDB engine did not start: ${started.said.trim() || 'it said nothing.'}`);
}

/** Waits until the engine says that it listens; or ends without, or takes too long. Reads on afterwards. */
function untilListening(stderr: Readable): Promise<{ ok: boolean; said: string }> {
  return new Promise((resolve) => {
    let said = '';
    const timer = setTimeout(() => resolve({ ok: false, said }), startTimeout);
    const settle = (ok: boolean) => {
      clearTimeout(timer);
      resolve({ ok, said });
    };
    stderr.on('data', (text: string) => {
      said = (said + text).slice(-2000);
      if (said.includes('listening on')) settle(true);
    });
    stderr.once('close', () => settle(false));
  });
}

/** A port of the loopback interface that was free a moment ago. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
