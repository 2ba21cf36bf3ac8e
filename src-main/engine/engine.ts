import { join } from 'node:path';
import type { StatePatch } from '../../src-shared/contracts/state.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import type { Home } from '../home/home.ts';
import { lockFolder } from '../home/lock.ts';
import { openSettings } from '../home/settings.ts';
import { createHandlers } from '../ipc/handlers.ts';
import { createDispatch, type Dispatch } from '../ipc/registry.ts';
import { openNetwork } from '../network/network.ts';
import type { Host } from '../program/host.ts';
import { createProgram, type WayChoice } from '../program/program.ts';
import { openSecretStore } from '../session/secret-store.ts';
import { type ControlServer, startControlServer } from './control-server.ts';
import { createLog } from './log.ts';
import { openOwnWay } from './ways/own-way.ts';
import { openSandboxWay } from './ways/sandbox-way.ts';
import { openServerWay, serverName } from './ways/server-way.ts';

export interface EngineOptions {
  home: Home;
  version: string;
  host: Host;
  /** Where the build put the sandbox's prepared tables. */
  preparedDir: string;
  /** `ROLEGATE_SESSION_STORE` */
  sessionStore: string | undefined;
  /** Whether the gateway listens by itself once somebody is logged in. */
  listens: boolean;
  /** Whether it goes on until somebody ends it: only then may a command that goes on for long be its guest. */
  lasts: boolean;
}

/** Gateway, session and bundled app-service, behind one function. One engine runs on a home at a time. */
export interface Engine {
  dispatch: Dispatch;
  onState(listener: (patch: StatePatch) => void): () => void;
  /** Opens the way that was chosen last. Whether it is open then or could not be opened is in the state. */
  open(): Promise<void>;
  /** Lets no new command in, and resolves when those that use this engine have gone. */
  whenAlone(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts the engine of a home. It answers at once; no way to run is open yet.
 *
 * @throws RolegateError `conflict` when another engine runs on this home
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const { home, version, host, preparedDir, sessionStore, listens, lasts } = options;
  const lock = await lockFolder(home.folder);
  if (!lock) {
    throw new RolegateError('conflict', `Rolegate is already running on ${home.folder}.`, {
      hint: 'Close the other one, or set ROLEGATE_HOME to another folder.',
      retryable: true,
    });
  }
  const log = createLog(home.folder);
  const [settings, secrets] = await Promise.all([
    openSettings(home.settingsFile),
    openSecretStore({ wanted: sessionStore, homeId: home.id, file: join(home.folder, 'secrets.json') }),
  ]);
  const onFault = (error: unknown) => log.error(error, {});
  for (const problem of settings.problems) onFault(new RolegateError('bad_input', problem));

  const network = await openNetwork({ settings, secrets, environment: process.env });
  const { outbound } = network;

  function openWay(choice: WayChoice) {
    const { audit, upstreamLimits } = settings.get();
    const bundled = { version, audit, upstreamLimits };
    switch (choice.way) {
      case 'sandbox':
        return openSandboxWay({ folder: home.wayFolder('sandbox'), preparedDir, ...bundled, onError: onFault });
      case 'own':
        return openOwnWay(choice.own, { folder: home.wayFolder('own'), ...bundled, outbound });
      case 'server': {
        const folder = home.wayFolder('server', serverName(choice.server.url));
        return openServerWay(choice.server, { folder, version, outbound });
      }
    }
  }

  const parts = { home, version, settings, secrets, host, openWay, network, listens, onFault, now: Date.now };
  const program = createProgram(parts);
  const dispatch = createDispatch(createHandlers(program), (name, error) => log.error(error, { call: name }));
  const control: ControlServer = await startControlServer(home, { dispatch, onState: program.state.subscribe }, lasts);
  return {
    dispatch,
    onState: program.state.subscribe,
    open: program.reopen,
    whenAlone: control.whenAlone,
    async close() {
      await control.close();
      await program.close();
      lock.release();
    },
  };
}
