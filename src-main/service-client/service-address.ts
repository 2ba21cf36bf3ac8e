import { RolegateError } from '../../src-shared/errors.ts';

/**
 * The address of a service as `https://host:port`. A scheme may be left out.
 *
 * @throws RolegateError `bad_input` for anything that is no such address
 */
export function serviceUrl(address: string): string {
  const text = address.trim();
  const withScheme = /^[a-z]+:\/\//i.test(text) ? text : `https://${text}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
  if (url?.protocol === 'https:' && url.username === '' && url.password === '' && url.hostname !== '')
    return url.origin;
  throw new RolegateError('bad_input', `"${text.slice(0, 200)}" is not the address of an app-service.`, {
    hint: 'It begins with https:// and names a host, such as https://rolegate.example.com:8443.',
  });
}

/** Fingerprints are typed and pasted in many spellings: with or without colons, `sha256:` in front, any case. */
export function normalizeFingerprint(text: string): string {
  const digits = text
    .replace(/^sha-?256:/i, '')
    .replace(/[^0-9a-f]/gi, '')
    .toUpperCase();
  return digits.replace(/..(?=.)/g, '$&:');
}
