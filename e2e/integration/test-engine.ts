import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localCalls } from '../../src-main/engine/channel.ts';
import { type Engine, startEngine } from '../../src-main/engine/engine.ts';
import { findHome, type Home } from '../../src-main/home/home.ts';
import type { Calls } from '../../src-shared/contracts/calls.ts';
import { preparedDir } from './prepared-data.ts';

export const exampleRole = 'arn:aws:iam::123456789000:role/ExampleTeleportDynamoDBRole';
export const alice = { user: 'alice', password: 'white-rabbit' };
export const bob = { user: 'bob', password: 'sandcastle' };

/** An engine in this process, on a home of its own, with the calls that a window would make. */
export interface TestEngine {
  engine: Engine;
  calls: Calls;
  home: Home;
  /** Addresses that the engine asked to be opened in a browser. */
  opened: string[];
  /** Stops the engine; its home stays, for another one to start on. */
  stop(): Promise<void>;
}

/** A new, empty home folder in the system's temporary folder. */
export function temporaryHome(): Home {
  return findHome({ ROLEGATE_HOME: mkdtempSync(join(tmpdir(), 'rolegate-test-')) });
}

export function removeHome(home: Home): void {
  rmSync(home.folder, { recursive: true, force: true });
}

export async function startTestEngine(home: Home, sessionStore = 'file'): Promise<TestEngine> {
  const opened: string[] = [];
  const host = {
    openExternal: async (url: string) => {
      opened.push(url);
      return true;
    },
  };
  const lasting = { listens: false, lasts: true };
  const engine = await startEngine({ home, version: '0.1.0', host, preparedDir, sessionStore, ...lasting });
  await engine.open();
  return { engine, calls: localCalls(engine), home, opened, stop: () => engine.close() };
}
