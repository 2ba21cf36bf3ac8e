import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findHome, type Home } from '../home/home.ts';
import type { Dispatch } from '../ipc/registry.ts';
import { connectControl } from './control-client.ts';
import { type ControlServer, startControlServer } from './control-server.ts';

describe('the socket of an engine', () => {
  let home: Home;
  let server: ControlServer | undefined;
  beforeEach(() => {
    home = findHome({ ROLEGATE_HOME: mkdtempSync(join(tmpdir(), 'rolegate-test-')) });
  });
  afterEach(async () => {
    await server?.close();
    rmSync(home.folder, { recursive: true, force: true });
  });
  const served = { dispatch: async () => ({ ok: true, output: {} }) as const, onState: () => () => undefined };

  it('takes every command, where it lasts', async () => {
    server = await startControlServer(home, served, true);
    for (const stays of [false, true]) {
      const guest = await connectControl(home, stays);
      expect(guest).toBeDefined();
      guest?.close();
    }
  });

  it('knows that whoever has its token is a command', async () => {
    const dispatch: Dispatch = async (_name, _input, { isCommand }) => ({ ok: true, output: { isCommand } });
    server = await startControlServer(home, { ...served, dispatch }, true);
    const guest = await connectControl(home);
    expect(await guest?.call('state.get', {})).toEqual({ isCommand: true });
    guest?.close();
  });

  it('takes no command that goes on for long, where it ends with a short one, which would have to wait', async () => {
    server = await startControlServer(home, served, false);
    expect(await connectControl(home, true)).toBeUndefined();
    const short = await connectControl(home);
    expect(short).toBeDefined();
    short?.close();
    await server.whenAlone();
    expect(await connectControl(home)).toBeUndefined();
  });
});
