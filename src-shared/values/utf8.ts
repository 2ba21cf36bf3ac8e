const encoder = new TextEncoder();

/**
 * Compares two texts as DynamoDB orders string keys: by their UTF-8 bytes. JavaScript's own `<` goes by UTF-16 units
 * and puts `😀` before `～`.
 */
export function compareUtf8(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return byCodePoint(left) - byCodePoint(right);
  }
  return a.length - b.length;
}

/** Moves the surrogates, which stand for the highest code points, behind all other units. */
function byCodePoint(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}

/** How many bytes a text takes in UTF-8. */
export function utf8Length(text: string): number {
  // Most texts are plain; only the others are worth an encoder.
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) > 127) return encoder.encode(text).length;
  }
  return text.length;
}
