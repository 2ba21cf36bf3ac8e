import { shell } from 'electron';
import { partitions } from '../../src-shared/aws/partitions.ts';
import { signOnPath } from '../../src-shared/contracts/sign-on-api.ts';

/** AWS's sign-in hosts: where a launched console begins. */
const signInHosts = new Set(partitions.flatMap((partition) => partition.signinHost ?? []));

/**
 * Whether an address may be opened in the browser: federated sign-in at AWS, or at the sandbox's console, which is
 * on this machine; and the page of the app-service in use with which a sign-on begins. Pure.
 *
 * @param serviceUrl the app-service's origin, where it is not the bundled one
 */
export function mayOpen(address: string, serviceUrl?: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return false;
  if (serviceUrl !== undefined && url.href === address && isSignOn(url, serviceUrl)) return true;
  if (url.pathname !== '/federation') return false;
  if (url.protocol === 'https:') return signInHosts.has(url.host);
  return url.protocol === 'http:' && /^127\.0\.0\.1:\d+$/.test(url.host);
}

function isSignOn({ origin, protocol, pathname, search, hash }: URL, serviceUrl: string): boolean {
  const id = pathname.startsWith(signOnPath) ? pathname.slice(signOnPath.length) : '';
  return (
    protocol === 'https:' &&
    origin === new URL(serviceUrl).origin &&
    /^[\w-]{43}$/.test(id) &&
    search === '' &&
    hash === ''
  );
}

/** The one door to the outside: the only caller of `shell.openExternal`. */
export async function openExternal(address: string, serviceUrl: string | undefined): Promise<boolean> {
  if (!mayOpen(address, serviceUrl)) return false;
  try {
    await shell.openExternal(address);
    return true;
  } catch {
    return false;
  }
}
