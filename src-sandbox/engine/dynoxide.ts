import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Pool } from 'undici';
import { type Engine, EngineError, type EngineStart } from './engine.ts';
import { closePool } from './pool.ts';

/** The SQLite file in a region's folder. */
export const databaseFile = 'tables.db';

/**
 * Runs the engine ("$@") as a child and ends it when our end of standard input closes, which also happens when this
 * process is killed outright: an engine never outlives its parent, and nobody has to look whether it still lives.
 * The shell gives up its own copies of the output pipes, so that their end means the engine's end.
 */
const guard = `
umask 077
"$@" </dev/null &
engine=$!
trap 'kill "$engine"' HUP INT TERM
exec >/dev/null 2>&1
read -r _
kill "$engine"
wait "$engine"
`;

/** How long an engine may take to start, and to stop before it is made to, in milliseconds. */
const startTimeout = 15_000;
const stopTimeout = 5_000;
const startAttempts = 5;

/**
 * The dynoxide program for this machine.
 *
 * @returns undefined where there is none; Windows is left out because the guard needs a POSIX shell
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
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnPort(join(folder, databaseFile), await freePort());
    } catch (error) {
      // Somebody else may have taken the port in the meantime.
      const taken = error instanceof EngineError && /already in use/.test(error.message);
      if (!taken || attempt === startAttempts) throw error;
    }
  }
}

async function startOnPort(database: string, port: number): Promise<Engine> {
  const program = dynoxideProgram();
  if (program === undefined) throw new EngineError('There is no dynoxide for this kind of machine.');
  const child = spawn(
    '/bin/sh',
    [
      '-c',
      guard,
      'sandbox-engine',
      program,
      'serve',
      '--host',
      '127.0.0.1',
      '--port',
      `${port}`,
      '--db-path',
      database,
    ],
    // Detached: an interrupt from the terminal is for us, and we stop the engine when we are done with it.
    { stdio: ['pipe', 'ignore', 'pipe'], detached: true, env: {} },
  );
  child.stdin.on('error', () => undefined);
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });

  const stop = async () => {
    child.stdin.end();
    const timer = setTimeout(() => killGroup(child.pid), stopTimeout);
    await exited;
    clearTimeout(timer);
  };

  let said = '';
  const ready = new Promise<boolean>((resolve) => {
    child.stderr.setEncoding('utf8');
    child.stderr.on('data', (text: string) => {
      said = (said + text).slice(-2000);
      if (said.includes('listening on')) resolve(true);
    });
    child.stderr.once('close', () => resolve(false));
    child.once('error', () => resolve(false));
    setTimeout(() => resolve(false), startTimeout).unref();
  });
  const gone = new Promise<void>((resolve) => child.stderr.once('close', resolve)).then(stop);
  if (!(await ready)) {
    await stop();
    throw new EngineError(`The sandbox's DynamoDB engine did not start: ${said.trim() || 'it said nothing.'}`);
  }
  const origin = `http://127.0.0.1:${port}`;
  const http = new Pool(origin);
  return {
    origin,
    http,
    gone,
    close: async () => {
      await closePool(http);
      await stop();
    },
  };
}

/** The shell is the leader of a process group of its own, with the engine in it. */
function killGroup(leader: number | undefined): void {
  try {
    if (leader !== undefined) process.kill(-leader, 'SIGKILL');
  } catch {
    // Already gone.
  }
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
