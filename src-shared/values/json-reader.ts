const quote = 34;
const backslash = 92;
const openBrace = 123;
const closeBrace = 125;
const openBracket = 91;
const closeBracket = 93;
/** What no value begins with: `,`, `:`, `}`, `]`. */
const notAValue = new Set([44, 58, closeBrace, closeBracket]);

/** Thrown for text that is not JSON, or not the JSON that was expected there. */
export class JsonTextError extends Error {
  override readonly name = 'JsonTextError';
}

/**
 * Reads JSON text from left to right, one piece at a time, on demand of whoever knows what should come next.
 *
 * `JSON.parse` would do for the values, but not for the names: an object reorders `"10"` before `"a"`, and a name
 * that occurs twice is silently dropped. It also cannot stop early, and a grid that shows ten columns of a 400 KB
 * item need not decode the rest.
 */
export class JsonReader {
  readonly text: string;
  at: number;

  constructor(text: string, at = 0) {
    this.text = text;
    this.at = at;
  }

  /** The next character that is not white space, left unread; empty at the end. */
  peek(): string {
    this.skipSpace();
    return this.text.charAt(this.at);
  }

  /** Reads this one character. */
  expect(character: string): void {
    if (this.peek() !== character) this.fail(`"${character}"`);
    this.at++;
  }

  /** Calls `member` for each name of the object, which reads (or skips) the value that follows. */
  object(member: (name: string) => void): void {
    this.members(() => this.string(), member);
  }

  /** Like {@link object}, for as long as `member` says that it wants more. The rest is left unread. */
  entries(member: (name: string) => boolean): void {
    this.sequence('{', '}', () => {
      const name = this.string();
      this.expect(':');
      return member(name);
    });
  }

  /** Like {@link object}, with the names as they stand in the text: in quotes, escapes not decoded. */
  rawObject(member: (rawName: string) => void): void {
    this.members(() => this.raw(), member);
  }

  /** Calls `element` for each element of the array, which reads (or skips) it. */
  array(element: () => void): void {
    this.sequence('[', ']', () => {
      element();
    });
  }

  /** Reads a string and decodes its escapes. */
  string(): string {
    this.skipSpace();
    const start = this.at + 1;
    this.skipString();
    const body = this.text.slice(start, this.at - 1);
    if (!body.includes('\\')) return body;
    try {
      return JSON.parse(`"${body}"`) as string;
    } catch {
      return this.fail('a string');
    }
  }

  /** Reads `true` or `false`. */
  boolean(): boolean {
    this.skipSpace();
    if (this.text.startsWith('true', this.at)) {
      this.at += 4;
      return true;
    }
    if (this.text.startsWith('false', this.at)) {
      this.at += 5;
      return false;
    }
    return this.fail('true or false');
  }

  /** Reads past one value of any kind, however deep it is, without building anything. */
  skipValue(): void {
    let depth = 0;
    do {
      this.skipSpace();
      const code = this.text.charCodeAt(this.at);
      if (code === quote) this.skipString();
      else if (Number.isNaN(code) || (depth === 0 && notAValue.has(code))) this.fail('a value');
      else {
        if (code === openBrace || code === openBracket) depth++;
        else if (code === closeBrace || code === closeBracket) depth--;
        this.at++;
      }
    } while (depth > 0);
    // A bare literal (true, null, 12) goes on to whatever ends it.
    while (this.at < this.text.length && /[\w.+-]/.test(this.text.charAt(this.at))) this.at++;
  }

  /** Reads one value of any kind and gives its text as it stands. */
  raw(): string {
    this.skipSpace();
    const start = this.at;
    this.skipValue();
    return this.text.slice(start, this.at);
  }

  /** Fails unless everything has been read. */
  end(): void {
    if (this.peek() !== '') this.fail('the end');
  }

  private members(readName: () => string, member: (name: string) => void): void {
    this.sequence('{', '}', () => {
      const name = readName();
      this.expect(':');
      member(name);
    });
  }

  /** @param entry reads one; what it gives is `false` where no more is wanted */
  private sequence(open: string, close: string, entry: () => unknown): void {
    this.expect(open);
    if (this.peek() === close) {
      this.at++;
      return;
    }
    for (;;) {
      if (entry() === false) return;
      const next = this.peek();
      this.at++;
      if (next === close) return;
      if (next !== ',') this.fail(`"," or "${close}"`);
    }
  }

  private skipString(): void {
    this.expect('"');
    for (;;) {
      const end = this.text.indexOf('"', this.at);
      if (end < 0) this.fail('the end of a string');
      const escaped = this.isEscaped(end);
      this.at = end + 1;
      if (!escaped) return;
    }
  }

  /** Whether the character at this place is escaped: an odd number of backslashes stands before it. */
  private isEscaped(index: number): boolean {
    let start = index;
    while (this.text.charCodeAt(start - 1) === backslash) start--;
    return (index - start) % 2 === 1;
  }

  private skipSpace(): void {
    while (this.at < this.text.length && this.text.charCodeAt(this.at) <= 32) this.at++;
  }

  private fail(expected: string): never {
    throw new JsonTextError(`Expected ${expected} at character ${this.at}.`);
  }
}
