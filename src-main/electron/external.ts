import { shell } from 'electron';
import { partitions } from '../../src-shared/aws/partitions.ts';

/** AWS's sign-in hosts: where a launched console begins. */
const signInHosts = new Set(partitions.flatMap((partition) => partition.signinHost ?? []));

/**
 * Whether an address may be opened in the browser: federated sign-in at AWS, or at the sandbox's console, which is
 * on this machine. Pure.
 */
export function mayOpen(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '' || url.pathname !== '/federation') return false;
  if (url.protocol === 'https:') return signInHosts.has(url.host);
  return url.protocol === 'http:' && /^127\.0\.0\.1:\d+$/.test(url.host);
}

/** The one door to the outside: the only caller of `shell.openExternal`. */
export async function openExternal(address: string): Promise<boolean> {
  if (!mayOpen(address)) return false;
  try {
    await shell.openExternal(address);
    return true;
  } catch {
    return false;
  }
}
