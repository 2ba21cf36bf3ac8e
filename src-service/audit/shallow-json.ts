const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
const [openBrace, closeBrace] = [0x7b, 0x7d];
const [openBracket, closeBracket] = [0x5b, 0x5d];

/** A text longer than this is no name that anybody would want, and stands as null. */
const maxText = 16_384;

/**
 * Reads JSON down to a depth, for the sake of the names near its top: what lies deeper is passed over without being
 * made, and null stands for it, as it does for numbers. It is no check: what is passed over may be anything. Several
 * times quicker than `JSON.parse` for a large body, which is megabytes of items.
 *
 * @param depth how many objects and arrays lie inside each other in the result at most
 * @returns undefined for what is no JSON down to there
 */
export function readShallowJson(bytes: Uint8Array, depth: number): unknown {
  const reader = new Reader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  try {
    return reader.value(depth);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

class Reader {
  readonly bytes: Buffer;
  position = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  value(depth: number): unknown {
    const first = this.next();
    if (first === quote) return this.text();
    if (first !== openBrace && first !== openBracket) return this.passLiteral();
    if (depth === 0) return this.passNested();
    return first === openBrace ? this.object(depth) : this.array(depth);
  }

  private object(depth: number): Record<string, unknown> {
    const members: [string, unknown][] = [];
    this.position += 1;
    if (this.next() !== closeBrace) {
      do {
        if (this.next() !== quote) throw new SyntaxError();
        const name = this.text();
        this.take(colon);
        const value = this.value(depth - 1);
        if (name !== null) members.push([name, value]);
      } while (this.takes(comma));
    }
    this.take(closeBrace);
    return Object.fromEntries(members);
  }

  private array(depth: number): unknown[] {
    const elements: unknown[] = [];
    this.position += 1;
    if (this.next() !== closeBracket) {
      do elements.push(this.value(depth - 1));
      while (this.takes(comma));
    }
    this.take(closeBracket);
    return elements;
  }

  /** The text that begins here; null for one that is too long. */
  private text(): string | null {
    const start = this.position;
    this.passText();
    if (this.position - start > maxText) return null;
    return JSON.parse(this.bytes.toString('utf8', start, this.position)) as string;
  }

  private passText(): void {
    let end = this.position;
    do {
      end = this.bytes.indexOf(quote, end + 1);
      if (end < 0) throw new SyntaxError();
    } while (this.isEscaped(end));
    this.position = end + 1;
  }

  /** Whether an odd number of backslashes stands before a place. */
  private isEscaped(place: number): boolean {
    let before = place;
    while (this.bytes[before - 1] === backslash) before -= 1;
    return (place - before) % 2 === 1;
  }

  private passNested(): null {
    let open = 0;
    do {
      const byte = this.bytes[this.position];
      if (byte === undefined) throw new SyntaxError();
      if (byte === quote) {
        this.passText();
        continue;
      }
      if (byte === openBrace || byte === openBracket) open += 1;
      else if (byte === closeBrace || byte === closeBracket) open -= 1;
      this.position += 1;
    } while (open > 0);
    return null;
  }

  /** A number, true, false or null: whatever it is, it is no name. */
  private passLiteral(): null {
    const start = this.position;
    while (/[\w.+-]/.test(String.fromCharCode(this.bytes[this.position] ?? 0))) this.position += 1;
    if (this.position === start) throw new SyntaxError();
    return null;
  }

  /** The byte that comes next, after spaces. */
  private next(): number | undefined {
    for (;;) {
      const byte = this.bytes[this.position];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return byte;
      this.position += 1;
    }
  }

  private takes(byte: number): boolean {
    if (this.next() !== byte) return false;
    this.position += 1;
    return true;
  }

  private take(byte: number): void {
    if (!this.takes(byte)) throw new SyntaxError();
  }
}
