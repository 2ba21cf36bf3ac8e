import { contextBridge, ipcRenderer } from 'electron';
import { callNames } from '../src-shared/contracts/call-names.ts';

/**
 * All that the page can reach outside itself: one function for each call of the registry, and the changes of the
 * state. No channel, no event and nothing of Electron gets through.
 */
const calls = Object.fromEntries(
  callNames.map((name) => [name, (input: unknown) => ipcRenderer.invoke('rolegate:call', name, input)]),
);

contextBridge.exposeInMainWorld('rolegate', {
  platform: 'electron',
  calls,
  /** @returns a function that ends the subscription */
  onState(listener: (patch: unknown) => void): () => void {
    const pass = (_event: unknown, patch: unknown) => listener(patch);
    ipcRenderer.on('rolegate:state', pass);
    return () => ipcRenderer.off('rolegate:state', pass);
  },
});
