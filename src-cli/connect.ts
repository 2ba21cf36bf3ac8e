import { setTimeout as delay } from 'node:timers/promises';
import { localCalls } from '../src-main/engine/channel.ts';
import { connectControl } from '../src-main/engine/control-client.ts';
import { startEngine } from '../src-main/engine/engine.ts';
import { openUrl } from '../src-main/tools/open-url.ts';
import type { Calls } from '../src-shared/contracts/calls.ts';
import { RolegateError } from '../src-shared/errors.ts';
import { home, preparedDir, version } from './environment.ts';

/** Rolegate as a command uses it: the engine that runs on this home already, or one of its own. */
export interface Connection {
  calls: Calls;
  /** True when this command started the engine itself. */
  own: boolean;
  /** Resolves when the engine is gone; never, for one of our own. */
  lost: Promise<void>;
  close(): Promise<void>;
}

export interface ConnectOptions {
  opens?: boolean;
  stays?: boolean;
}

const patience = 30_000;
const pause = 200;

/**
 * Connects a command to Rolegate: to the app that is open, or to another command's engine, and where there is none
 * to an engine that lives as long as the command.
 *
 * @param opens whether an engine of our own should open the way to run that was chosen last
 * @param stays whether the command goes on for long: it waits for the engine of a short one to end, because that one
 *   would have to wait for it
 */
export async function connect({ opens = true, stays = false }: ConnectOptions = {}): Promise<Connection> {
  const deadline = Date.now() + patience;
  for (;;) {
    const control = await connectControl(home, stays);
    if (control) {
      if (opens) await settled(control);
      return { calls: control, own: false, lost: control.lost, close: async () => control.close() };
    }
    try {
      return await ownEngine(opens, stays);
    } catch (error) {
      // Another command's engine is about to end; its lock will be free in a moment.
      const taken = error instanceof RolegateError && error.code === 'conflict';
      if (!taken || Date.now() > deadline) throw error;
      await delay(pause);
    }
  }
}

/** Waits until an engine that is just starting knows who is logged in. */
async function settled(calls: Calls): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const stop = calls.onState(({ slices }) => {
      if (slices.phase !== undefined && slices.phase !== 'starting') finish();
    });
    const finish = () => {
      stop();
      resolve();
    };
    // Asked after listening, so that no change falls in between.
    calls.call('state.get', {}).then(({ phase }) => phase !== 'starting' && finish(), reject);
  });
}

async function ownEngine(opens: boolean, lasts: boolean): Promise<Connection> {
  const engine = await startEngine({
    home,
    version,
    host: { openExternal: (url) => openUrl(url, home.folder) },
    preparedDir,
    sessionStore: process.env['ROLEGATE_SESSION_STORE'],
    listens: false,
    lasts,
  });
  const calls = localCalls(engine);
  const close = async () => {
    await engine.whenAlone();
    await engine.close();
  };
  if (opens) {
    await engine.open();
    const { phase, failure } = await calls.call('state.get', {});
    if (phase === 'failed' && failure) {
      await close();
      throw RolegateError.fromData(failure);
    }
  }
  return { calls, own: true, lost: new Promise(() => undefined), close };
}

/** Runs a command's work with a connection and closes it whatever happens. */
export async function withRolegate<Result>(
  work: (calls: Calls, connection: Connection) => Promise<Result>,
  options?: ConnectOptions,
): Promise<Result> {
  const connection = await connect(options);
  try {
    return await work(connection.calls, connection);
  } finally {
    await connection.close();
  }
}

/** Says that a login cannot be kept, where a command is all there is. */
export async function requireMemory(calls: Calls, { own }: Connection): Promise<void> {
  const { secrets } = await calls.call('state.get', {});
  if (!own || secrets.kind !== 'memory') return;
  throw new RolegateError(
    'unavailable',
    `${secrets.reason ?? 'There is no keychain.'} A login would be forgotten at once.`,
    {
      hint: 'Set ROLEGATE_SESSION_STORE=file to keep it in a file that only you can read.',
    },
  );
}
