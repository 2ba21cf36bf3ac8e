import { fileURLToPath } from 'node:url';
import { app, type UtilityProcess, utilityProcess } from 'electron';
import type { CallResult } from '../../src-shared/contracts/calls.ts';
import type { StatePatch } from '../../src-shared/contracts/state.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import type { FileQuestion } from '../dynamodb/jobs/chosen-files.ts';
import { type Channel, connectChannel } from '../engine/channel.ts';
import type { FromEngine, ToEngine } from '../engine/process-messages.ts';

/** The engine's process, watched over: it is started again when it breaks down, but not for ever. */
export interface EngineProcess {
  result(name: string, input: unknown): Promise<CallResult>;
  onState(listener: (patch: StatePatch) => void): void;
  /** Asks it to end, and ends it after three seconds. */
  stop(): Promise<void>;
}

const entry = fileURLToPath(new URL('../engine/process.js', import.meta.url));
const preparedDir = fileURLToPath(new URL('../sandbox-data', import.meta.url)).replace('app.asar', 'app.asar.unpacked');
const maxRestarts = 3;
/** One that lived shorter than this would only break down again. */
const minLife = 5_000;
const stopTimeout = 3_000;

type Connected = ReturnType<typeof connectChannel>;

/** What the engine asks of the window's process. */
export interface EngineWishes {
  openExternal(url: string): Promise<boolean>;
  comeToFront(): void;
  askForFile(question: FileQuestion): Promise<string | undefined>;
  notify(title: string, body: string): void;
}

export function startEngineProcess(wishes: EngineWishes): EngineProcess {
  const { openExternal, comeToFront, askForFile, notify } = wishes;
  const listeners = new Set<(patch: StatePatch) => void>();
  let restarts = 0;
  let stopping = false;
  let child: UtilityProcess;
  let connected: Connected | undefined;

  function start(): void {
    const startedAt = Date.now();
    const current = utilityProcess.fork(entry, [], { serviceName: 'Rolegate engine', stdio: 'inherit' });
    const send = (message: ToEngine) => current.postMessage(message);
    child = current;
    const messages = new Set<(message: unknown) => void>();
    const closed = new Set<() => void>();
    current.on('message', (message: FromEngine) => {
      if (message.type === 'open') {
        void openExternal(message.url).then((opened) => send({ type: 'opened', id: message.id, opened }));
      } else if (message.type === 'front') comeToFront();
      else if (message.type === 'ask-file') {
        const { id } = message;
        // Without an answer the engine would wait for ever.
        const none = () => undefined;
        void askForFile(message.question)
          .then((path) => path, none)
          .then((path) => send({ type: 'file', id, path }));
      } else if (message.type === 'notify') notify(message.title, message.body);
      else for (const listener of messages) listener(message);
    });
    current.once('exit', () => {
      connected = undefined;
      for (const listener of closed) listener();
      if (stopping || restarts >= maxRestarts || Date.now() - startedAt < minLife) return;
      restarts++;
      start();
    });
    const channel: Channel = {
      send: (message) => send(message as ToEngine),
      onMessage: (listener) => void messages.add(listener),
      onClose: (listener) => void closed.add(listener),
    };
    connected = connectChannel(channel);
    connected.onState((patch) => {
      for (const listener of listeners) listener(patch);
    });
    send({ type: 'start', version: app.getVersion(), preparedDir });
  }

  start();
  return {
    result: (name, input) => connected?.result(name, input) ?? Promise.resolve(broken()),
    onState: (listener) => void listeners.add(listener),
    stop() {
      stopping = true;
      if (!connected) return Promise.resolve();
      return new Promise((resolve) => {
        const timer = setTimeout(() => child.kill(), stopTimeout);
        child.once('exit', () => {
          clearTimeout(timer);
          resolve();
        });
        child.postMessage({ type: 'stop' } satisfies ToEngine);
      });
    },
  };
}

function broken(): CallResult {
  const error = new RolegateError('unavailable', 'A part of Rolegate broke down.', {
    hint: 'Quit Rolegate and start it again.',
    retryable: false,
  });
  return { ok: false, error: error.toData() };
}
