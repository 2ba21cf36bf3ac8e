import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writePrivateFile } from '../../src-shared/files/atomic-write.ts';

const keptFor = 60_000;

/**
 * Opens an address in the default browser, where there is one. The address may hold a secret, and a program's
 * arguments can be read by every user of the machine: the browser is given a file instead, which only this user can
 * read and which leads on to the address.
 *
 * @param folder private folder for that file
 * @returns false where there is no browser to open
 */
export async function openUrl(url: string, folder: string): Promise<boolean> {
  const opener = systemOpener(process.platform, process.env);
  if (!opener) return false;
  const file = join(folder, `open-${randomBytes(8).toString('hex')}.html`);
  await writePrivateFile(file, redirectPage(url));
  setTimeout(() => rm(file, { force: true }).catch(() => undefined), keptFor).unref();
  const [command, ...args] = opener;
  return new Promise((resolve) => {
    const child = spawn(command, [...args, pathToFileURL(file).href], { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    // Openers end at once when they have found no browser.
    child.once('close', (code) => resolve(code === 0));
    child.unref();
  });
}

/** The command that opens an address on this system, if there is a screen to open it on. */
export function systemOpener(
  platform: NodeJS.Platform,
  environment: NodeJS.ProcessEnv,
): [command: string, ...args: string[]] | undefined {
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  const hasScreen = Boolean(environment['DISPLAY'] || environment['WAYLAND_DISPLAY']);
  return hasScreen ? ['xdg-open'] : undefined;
}

/** A page that leads on to an address at once. */
export function redirectPage(url: string): string {
  const escaped = url.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
  return `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>Rolegate</title><meta http-equiv="refresh" content="0;url=${escaped}">\n`;
}
