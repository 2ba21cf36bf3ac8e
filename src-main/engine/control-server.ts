import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { writePrivateFile } from '../../src-shared/files/atomic-write.ts';
import { equalSecrets } from '../../src-shared/sigv4/signing-key.ts';
import type { Home } from '../home/home.ts';
import { type Served, serveChannel } from './channel.ts';
import { type ControlFile, newControlAddress } from './control-address.ts';
import { lineChannel } from './line-channel.ts';

/** The socket through which commands use the engine that runs on their home. */
export interface ControlServer {
  /** Lets no new command in, and resolves when those that are in have gone. */
  whenAlone(): Promise<void>;
  close(): Promise<void>;
}

const helloTimeout = 5_000;

/**
 * Listens on a socket in the home folder (mode 0700, so other users cannot reach it) and asks every caller for the
 * token of the control file (mode 0600). Called by whoever holds the home's lock: sockets of earlier engines are
 * swept away.
 *
 * @param lasts whether guests may stay for long; an engine that ends with its command would have to wait for them
 */
export async function startControlServer(home: Home, served: Served, lasts: boolean): Promise<ControlServer> {
  const token = randomBytes(32).toString('base64url');
  const guests = new Set<Socket>();
  let draining = false;
  let alone: () => void = () => undefined;

  const server = createServer((socket) => {
    const channel = lineChannel(socket);
    const timer = setTimeout(() => socket.destroy(), helloTimeout);
    let welcome = false;
    socket.once('close', () => {
      clearTimeout(timer);
      guests.delete(socket);
      if (guests.size === 0) alone();
    });
    channel.onMessage((message) => {
      if (welcome) return;
      clearTimeout(timer);
      const { type, token: given, stays } = (message ?? {}) as { type?: unknown; token?: unknown; stays?: unknown };
      const isKnown = type === 'hello' && typeof given === 'string' && equalSecrets(given, token);
      if (!isKnown || draining || (stays === true && !lasts)) {
        socket.destroy();
        return;
      }
      welcome = true;
      guests.add(socket);
      serveChannel(channel, served, true);
      socket.write('{"type":"welcome"}\n');
    });
  });

  await sweep(home);
  const address = await newControlAddress(home);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, () => resolve());
  });
  const file: ControlFile = { address, token, pid: process.pid };
  await writePrivateFile(home.controlFile, JSON.stringify(file));

  return {
    async whenAlone() {
      draining = true;
      if (guests.size === 0) return;
      await new Promise<void>((resolve) => {
        alone = resolve;
      });
    },
    async close() {
      draining = true;
      await rm(home.controlFile, { force: true });
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of guests) socket.destroy();
      await closed;
    },
  };
}

/** Sockets stay on disk when their engine was killed. */
async function sweep(home: Home): Promise<void> {
  const names = await readdir(home.folder).catch(() => []);
  const stale = names.filter((name) => /^control-[0-9a-f]+\.sock$/.test(name));
  await Promise.all(stale.map((name) => rm(join(home.folder, name), { force: true })));
}
