import { app, type BrowserWindow, dialog } from 'electron';
import { linkAmong, linkScheme } from '../../src-shared/links/link.ts';
import type { EngineProcess } from './engine-process.ts';

export interface LinkOptions {
  engine: () => EngineProcess | undefined;
  window: () => BrowserWindow | undefined;
}

/**
 * Takes `rolegate://` links from the operating system: with the first start, with a second one that hands over to
 * this, or (on a Mac) as an event. They go to the engine, which reads them and shows where they lead; nothing is done.
 *
 * @returns what takes the links of a program's arguments
 */
export function receiveLinks({ engine, window }: LinkOptions): (argv: readonly string[]) => void {
  // On Linux the package's desktop file says so; here it would change the user's own settings at each start.
  if (app.isPackaged && process.platform !== 'linux') {
    // What follows `--` is never taken for a switch, whatever a link says.
    const before = process.platform === 'win32' ? ['--'] : [];
    app.setAsDefaultProtocolClient(linkScheme.slice(0, -1), process.execPath, before);
  }
  let pending: string | undefined;

  function show(url: string): void {
    const running = engine();
    if (!running) {
      pending = url;
      return;
    }
    void running.result('links.show', { url }).then((result) => {
      const parent = window();
      if (result.ok || !parent) return;
      const { message, hint = '' } = result.error;
      void dialog.showMessageBox(parent, { type: 'warning', message, detail: hint });
    });
  }

  app.on('open-url', (event, url) => {
    event.preventDefault();
    if (url.startsWith(linkScheme)) show(url);
  });
  return (argv) => {
    const url = linkAmong(argv) ?? pending;
    pending = undefined;
    if (url !== undefined) show(url);
  };
}
