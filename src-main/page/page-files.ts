import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

export interface PageFile {
  content: Buffer;
  contentType: string;
  /** Whether its name changes with its content, so that it may be kept for ever. */
  isImmutable: boolean;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/**
 * Reads a file of the built page.
 *
 * @param root folder of the built page
 * @param path the path of the address, percent-encoded; `/` is the page itself
 * @returns undefined when there is no such file under the root (links that lead out of it do not count), or it is of
 *   no kind that a page has
 */
export async function readPageFile(root: string, path: string): Promise<PageFile | undefined> {
  const name = decode(path);
  if (name === undefined) return undefined;
  const contentType = contentTypes[extname(name)];
  if (contentType === undefined) return undefined;
  try {
    const realRoot = await realpath(root);
    const file = await realpath(join(realRoot, name));
    if (!file.startsWith(realRoot + sep)) return undefined;
    return { content: await readFile(file), contentType, isImmutable: name.startsWith('/assets/') };
  } catch {
    return undefined;
  }
}

function decode(path: string): string | undefined {
  try {
    const name = decodeURIComponent(path === '/' ? '/index.html' : path);
    return name.includes('\0') ? undefined : name;
  } catch {
    return undefined;
  }
}
