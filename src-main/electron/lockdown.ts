import { app, session } from 'electron';
import { pageOrigin } from './app-protocol.ts';
import { denyPermissions } from './permissions.ts';

/**
 * Holds every page that may ever exist in this app to its place: no navigation, no new windows, no web views, no
 * permissions. Source: Electron's security checklist.
 */
export function lockDown(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
  denyPermissions(session.defaultSession, isOurPage);
}

function isOurPage(url: string): boolean {
  return url === pageOrigin || url.startsWith(`${pageOrigin}/`);
}
