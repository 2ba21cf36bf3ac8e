import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const downloadTimeout = 5 * 60_000;

/**
 * The path of Electron's executable, looked for without starting a download: where `ELECTRON_OVERRIDE_DIST_PATH`
 * says, or in its package.
 *
 * @returns undefined when it is not there
 */
export function findElectron() {
  const folder = packageFolder();
  const elsewhere = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const name = process.platform === 'win32' ? 'electron.exe' : 'electron';
  if (elsewhere)
    return existing(join(elsewhere, process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : name));
  try {
    return existing(join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Lets Electron's package download its executable, as its first start would. @returns its path, or undefined */
export function downloadElectron() {
  spawnSync(process.execPath, [join(packageFolder(), 'install.js')], { stdio: 'ignore', timeout: downloadTimeout });
  return findElectron();
}

function packageFolder() {
  return dirname(createRequire(import.meta.url).resolve('electron/package.json'));
}

function existing(path) {
  return existsSync(path) ? path : undefined;
}
