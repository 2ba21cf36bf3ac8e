import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Home } from '../home/home.ts';

/** How to reach a home's engine: what stands in its control file, which only this user can read. */
export const controlFile = z.object({
  /** Path of a Unix socket, or name of a Windows pipe. */
  address: z.string(),
  /** Proves that the caller could read the file. */
  token: z.string(),
  pid: z.number(),
});
export type ControlFile = z.infer<typeof controlFile>;

/** The longest path that every Unix takes for a socket. */
const maxSocketPath = 100;

/** A new address for a control socket: in the home folder, or in a private temporary folder where that is too long. */
export async function newControlAddress(home: Home): Promise<string> {
  const name = `control-${randomBytes(8).toString('hex')}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\rolegate-${name}`;
  const inHome = join(home.folder, `${name}.sock`);
  if (Buffer.byteLength(inHome) <= maxSocketPath) return inHome;
  return join(await mkdtemp(join(tmpdir(), 'rolegate-')), 'control.sock');
}
