import { gunzipSync } from 'node:zlib';
import { type Header, headerValue } from '../../src-shared/contracts/aws-call.ts';

/** How much of an error's body is looked at: its code stands near the beginning in every protocol. */
export const errorHeadBytes = 8 * 1024;

/** What AWS's error codes are made of; anything else is no code, and is not written down. */
const codePattern = /^[A-Za-z][A-Za-z0-9._-]{0,127}$/;

/**
 * AWS's error code in an answer that is an error, as its own protocol says it: the header `x-amzn-errortype`
 * (restJson), `__type` or `code` (awsJson, and CBOR), `<Code>` (query, EC2, S3). The message is never looked at.
 * Source: Smithy specification, "Operation error serialization" of each AWS protocol; S3 API reference, "Error responses".
 *
 * @param head the first bytes of the body, at most {@link errorHeadBytes} of them
 * @returns undefined where none can be told (an answer to HEAD has no body)
 */
export function awsErrorCode(headers: readonly Header[], head: Uint8Array): string | undefined {
  const said = headerValue(headers, 'x-amzn-errortype') ?? codeInBody(headers, plain(headers, head));
  // `com.amazonaws.dynamodb.v20120810#ResourceNotFoundException:http://…`: a namespace before, an address after.
  const code = said?.split(':')[0]?.split('#').at(-1)?.trim();
  return code !== undefined && codePattern.test(code) ? code : undefined;
}

function codeInBody(headers: readonly Header[], head: Uint8Array): string | undefined {
  if (head.length === 0) return undefined;
  if (/\bcbor\b/.test(headerValue(headers, 'content-type') ?? '')) return codeInCbor(head);
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1');
  return text.trimStart().startsWith('<') ? /<Code>([^<]{1,256})<\/Code>/.exec(text)?.[1] : codeInJson(text);
}

function codeInJson(text: string): string | undefined {
  try {
    const { __type: type, code, Code: upper } = JSON.parse(text) as Record<string, unknown>;
    return [type, code, upper].find((value) => typeof value === 'string');
  } catch {
    // Too long to be here whole. A name inside a text has its quotes escaped, so it is not taken for one.
    return /[{,]\s*"__type"\s*:\s*"([^"\\]{1,256})"/.exec(text)?.[1];
  }
}

/** The text after the key `__type` in CBOR (RFC 8949 §3): a text of up to 23 bytes, or with its length in one byte. */
function codeInCbor(head: Uint8Array): string | undefined {
  const key = Buffer.from('\x66__type', 'latin1');
  const at = Buffer.from(head.buffer, head.byteOffset, head.byteLength).indexOf(key) + key.length;
  if (at < key.length) return undefined;
  const first = head[at] ?? 0;
  const [length, start] = first === 0x78 ? [head[at + 1] ?? 0, at + 2] : [first - 0x60, at + 1];
  if (length <= 0 || (first !== 0x78 && length > 23)) return undefined;
  return Buffer.from(head.subarray(start, start + length)).toString('latin1');
}

/** The head of a compressed body, as far as it goes. */
function plain(headers: readonly Header[], head: Uint8Array): Uint8Array {
  if (headerValue(headers, 'content-encoding')?.toLowerCase() !== 'gzip') return head;
  try {
    // A body that was cut short ends without its check sum; Z_SYNC_FLUSH takes what is there.
    return gunzipSync(head, { finishFlush: 2, maxOutputLength: 16 * errorHeadBytes });
  } catch {
    return new Uint8Array();
  }
}
