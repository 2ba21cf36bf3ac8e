import type { FileQuestion } from '../dynamodb/jobs/chosen-files.ts';
import { findHome } from '../home/home.ts';
import { type Channel, type Message, serveChannel } from './channel.ts';
import { type PatientEngine, startPatientEngine } from './patient-engine.ts';
import type { FromEngine, ToEngine } from './process-messages.ts';

/**
 * The engine as a process of its own, so that the window never waits for TLS or hashing. It is started by Electron's
 * main process, which it reaches over a message port; it ends with it.
 */

// The SDK's note about Node versions to come is for those who choose the version.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

/** The part of Electron's parent port that is used; only `electron/` imports Electron. */
interface ParentPort {
  on(event: 'message', listener: (event: { data: ToEngine }) => void): void;
  postMessage(message: FromEngine): void;
}
const { parentPort } = process as unknown as { parentPort: ParentPort };

const files = new Map<number, (path: string | undefined) => void>();
const opening = new Map<number, (opened: boolean) => void>();
let lastQuestion = 0;
let engine: PatientEngine | undefined;
const calls = new Set<(message: unknown) => void>();

const channel: Channel = {
  send: (message: Message) => parentPort.postMessage(message as FromEngine),
  onMessage: (listener) => void calls.add(listener),
  // The port closes with this process.
  onClose: () => undefined,
};

parentPort.on('message', ({ data }) => {
  switch (data.type) {
    case 'start':
      engine ??= startPatientEngine({
        home: findHome(process.env),
        version: data.version,
        preparedDir: data.preparedDir,
        sessionStore: process.env['ROLEGATE_SESSION_STORE'],
        listens: true,
        lasts: true,
        host: { openExternal, comeToFront: () => parentPort.postMessage({ type: 'front' }), askForFile, notify },
      });
      serveChannel(channel, engine);
      break;
    case 'opened':
      opening.get(data.id)?.(data.opened);
      opening.delete(data.id);
      break;
    case 'file':
      files.get(data.id)?.(data.path);
      files.delete(data.id);
      break;
    case 'stop':
      void (engine?.close() ?? Promise.resolve()).finally(() => process.exit(0));
      break;
    default:
      for (const listener of calls) listener(data);
  }
});

function openExternal(url: string): Promise<boolean> {
  const id = ++lastQuestion;
  return new Promise((resolve) => {
    opening.set(id, resolve);
    parentPort.postMessage({ type: 'open', id, url });
  });
}

function askForFile(question: FileQuestion): Promise<string | undefined> {
  const id = ++lastQuestion;
  return new Promise((resolve) => {
    files.set(id, resolve);
    parentPort.postMessage({ type: 'ask-file', id, question });
  });
}

function notify(title: string, body: string): void {
  parentPort.postMessage({ type: 'notify', title, body });
}
