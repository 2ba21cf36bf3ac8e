import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import type { Calls } from '../../src-shared/contracts/calls.ts';
import type { Home } from '../home/home.ts';
import { connectChannel } from './channel.ts';
import { controlFile } from './control-address.ts';
import { lineChannel } from './line-channel.ts';

/** The engine that runs on a home, used from another process. It waits for us before it ends. */
export interface ControlConnection extends Calls {
  /** Resolves when the engine is gone. */
  lost: Promise<void>;
  close(): void;
}

const welcomeTimeout = 5_000;

/**
 * Connects to the engine that runs on a home.
 *
 * @param stays whether this goes on for long: then only an engine will do that does so too
 * @returns undefined when none answers: there is none, it is about to end, or it ends too soon for us
 */
export async function connectControl(home: Home, stays = false): Promise<ControlConnection | undefined> {
  const file = controlFile.safeParse(await readJson(home.controlFile)).data;
  if (!file) return undefined;
  return new Promise((resolve) => {
    const socket = connect(file.address);
    const giveUp = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve(undefined);
    };
    const timer = setTimeout(giveUp, welcomeTimeout);
    const channel = lineChannel(socket);
    socket.once('close', giveUp);
    let welcomed = false;
    channel.onMessage((message) => {
      if (welcomed || (message as { type?: unknown } | null)?.type !== 'welcome') return;
      welcomed = true;
      clearTimeout(timer);
      socket.off('close', giveUp);
      const lost = new Promise<void>((gone) => channel.onClose(gone));
      resolve({ ...connectChannel(channel), lost, close: () => socket.end() });
    });
    socket.once('connect', () => socket.write(`${JSON.stringify({ type: 'hello', token: file.token, stays })}\n`));
  });
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}
