import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Way } from '../../src-shared/contracts/state.ts';

/** Where Rolegate keeps its state. Each way to run has a folder of its own: nothing of one is ever used by another. */
export interface Home {
  folder: string;
  settingsFile: string;
  /** How commands reach the engine that holds the lock. */
  controlFile: string;
  /** Tells this home's entries in the keychain from another's. */
  id: string;
  /** @param host `host_port` of the app-service, for the way `server` */
  wayFolder(way: Way, host?: string): string;
}

/**
 * The home folder: `ROLEGATE_HOME`, or the operating system's own place for an application's data.
 *
 * @param environment the process's environment variables
 */
export function findHome(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): Home {
  const chosen = environment['ROLEGATE_HOME'];
  const folder = chosen ? resolve(chosen) : defaultFolder(environment, platform);
  return {
    folder,
    settingsFile: join(folder, 'settings.json'),
    controlFile: join(folder, 'control.json'),
    id: createHash('sha256').update(folder).digest('hex').slice(0, 12),
    wayFolder: (way, host) => (way === 'server' ? join(folder, 'servers', host ?? 'unknown') : join(folder, way)),
  };
}

function defaultFolder(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  switch (platform) {
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Rolegate');
    case 'win32':
      return join(environment['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'Rolegate');
    default:
      return join(environment['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), 'rolegate');
  }
}
