/**
 * Reads the address of an HTTP proxy as people write it down.
 *
 * @returns undefined for what is none
 */
export function readProxyAddress(text: string): URL | undefined {
  // curl takes an address without a scheme, and so do people.
  const typed = text.trim();
  const address = /^[a-z0-9+.-]+:\/\//i.test(typed) ? typed : `http://${typed}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isProxy = url && /^https?:$/.test(url.protocol) && url.hostname !== '';
  return isProxy ? url : undefined;
}
