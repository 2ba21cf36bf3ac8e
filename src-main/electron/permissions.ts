import type { Session } from 'electron';

/** What the page may ask of the browser engine. Everything else is denied, which is not Electron's default. */
const allowed = new Set(['clipboard-sanitized-write']);

export function denyPermissions(session: Session, isPage: (url: string) => boolean): void {
  session.setPermissionRequestHandler((_contents, permission, callback, { requestingUrl }) =>
    callback(allowed.has(permission) && isPage(requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => allowed.has(permission) && isPage(origin));
  session.setDevicePermissionHandler(() => false);
}
