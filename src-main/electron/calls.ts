import { type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron';
import type { CallResult } from '../../src-shared/contracts/calls.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { pageOrigin } from './app-protocol.ts';
import type { EngineProcess } from './engine-process.ts';

/** The two channels between page and main: calls one way, changes of the state the other. */
export const callChannel = 'rolegate:call';
export const stateChannel = 'rolegate:state';

/**
 * Passes the page's calls on to the engine and the engine's changes to the page. The wrapper checks who calls: the
 * top frame of our window, with our page in it. What is called, and with what, the engine checks.
 */
export function connectCalls(contents: WebContents, engine: EngineProcess): void {
  ipcMain.handle(callChannel, async (event, name: unknown, input: unknown): Promise<CallResult> => {
    if (!isOurPage(event, contents) || typeof name !== 'string') {
      return { ok: false, error: new RolegateError('access_denied', 'This call did not come from the app.').toData() };
    }
    return engine.result(name, input);
  });
  engine.onState((patch) => {
    if (!contents.isDestroyed()) contents.send(stateChannel, patch);
  });
}

function isOurPage({ sender, senderFrame }: IpcMainInvokeEvent, contents: WebContents): boolean {
  return sender === contents && senderFrame === contents.mainFrame && senderFrame.origin === pageOrigin;
}
