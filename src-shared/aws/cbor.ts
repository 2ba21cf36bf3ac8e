/**
 * A map of texts in CBOR (RFC 8949): all that an error in Smithy's RPC v2 CBOR protocol needs.
 * Every item is a head (major type and length) and its UTF-8 bytes.
 */
export function cborTextMap(entries: Readonly<Record<string, string>>): Uint8Array {
  const list = Object.entries(entries);
  return Buffer.concat([head(5, list.length), ...list.flat().map(text)]);
}

function text(value: string): Uint8Array {
  const bytes = Buffer.from(value, 'utf8');
  return Buffer.concat([head(3, bytes.length), bytes]);
}

/** The shortest head for a length, RFC 8949 §3. */
function head(majorType: number, length: number): Uint8Array {
  const type = majorType << 5;
  if (length < 24) return Uint8Array.of(type | length);
  if (length < 0x100) return Uint8Array.of(type | 24, length);
  if (length < 0x1_0000) return Uint8Array.of(type | 25, length >> 8, length & 0xff);
  const bytes = Buffer.alloc(5, type | 26);
  bytes.writeUInt32BE(length, 1);
  return bytes;
}
