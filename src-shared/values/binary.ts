/** How many bytes a base64 text stands for; DynamoDB measures these, not the text. */
export function binarySize(base64: string): number {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  return Math.max(0, (base64.length / 4) * 3 - padding);
}

/** The first bytes in hexadecimal, in pairs: `48 65 6c …`. Only as much is decoded as is shown. */
export function hexPreview(base64: string, maxBytes: number): string {
  const bytes = firstBytes(base64, maxBytes);
  const pairs = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'));
  return binarySize(base64) > bytes.length ? `${pairs.join(' ')} …` : pairs.join(' ');
}

/** The text that the bytes spell, when they are printable UTF-8; undefined otherwise. At most `maxBytes` of it. */
export function textPreview(base64: string, maxBytes: number): string | undefined {
  const bytes = firstBytes(base64, maxBytes);
  if (bytes.length === 0) return undefined;
  const isWhole = bytes.length === binarySize(base64);
  try {
    // `stream` forgives a character that the cut went through the middle of.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !isWhole });
    if (/[\p{Cc}\p{Cn}\p{Co}]/u.test(text.replace(/[\t\r\n]/g, ''))) return undefined;
    return isWhole ? text : `${text}…`;
  } catch {
    return undefined;
  }
}

/** Decodes up to this many bytes; text that is not base64 has none. */
function firstBytes(base64: string, maxBytes: number): Uint8Array {
  const quads = Math.ceil(maxBytes / 3);
  try {
    const binary = atob(base64.slice(0, quads * 4)).slice(0, maxBytes);
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

/** Bytes for people: `312 B`, `1.5 KB`, `20 MB`, in steps of 1024 as AWS counts them. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits).replace(/\.0$/, '')} ${units[unit]}`;
}

/** All bytes of a base64 text; none when it is not base64. */
export function decodeBase64(base64: string): Uint8Array {
  return firstBytes(base64, Math.max(binarySize(base64), 0));
}

/** Bytes as base64. */
export function encodeBase64(bytes: Uint8Array): string {
  let binary = '';
  // In pieces: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}

/** Why a text is not the base64 that DynamoDB takes: a sentence, or undefined when it is. */
export function base64Problem(text: string): string | undefined {
  const isBase64 = text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
  return isBase64 ? undefined : 'This is not base64. Its length must be a multiple of four.';
}
