import { binarySize, formatBytes, textPreview } from '../../../../src-shared/values/binary.ts';
import { JsonReader } from '../../../../src-shared/values/json-reader.ts';

/** A piece of a line, coloured by what it is. The text is the item's own, quotes and escapes included. */
export interface Token {
  kind: 'punctuation' | 'name' | 'type' | 'string' | 'number' | 'word';
  text: string;
}

/** A line of an item's DynamoDB JSON. */
export interface Line {
  depth: number;
  tokens: Token[];
  /** What the bytes of a binary value are, beside it. */
  note?: string;
  /** The attribute of the item that begins on this line. */
  attribute?: string;
  /** On a line that opens a map or a list: the line that closes it. */
  closedBy?: number;
}

/** Sets up to this long stand on one line. */
const oneLineSet = 72;
const noteBytes = 64;
/** Thrown, and caught, in here: all lines that are wanted are there. */
const enough = Symbol('enough');

/**
 * Lays an item out, one value a line. No value is changed, not even by reading it: numbers stay text, escapes stay
 * escapes. Names are put in order, the key's first: DynamoDB sends them in any order, and another one each time.
 *
 * @param most how many lines are wanted; what is open on the last of them is not closed
 * @throws JsonTextError when the text is not DynamoDB JSON.
 */
export function jsonLines(
  text: string,
  keyNames: readonly string[] = [],
  view: JsonViewKind = 'dynamodb',
  most = Number.POSITIVE_INFINITY,
): Line[] {
  return new Layout(text, keyNames, view, most).first();
}

/** DynamoDB JSON, or plain JSON that says beside the line what JSON cannot: that a list is a set, a text binary. */
export type JsonViewKind = 'dynamodb' | 'json';

/** A member of an object: its name as it stands in the text, what it says, and where its value begins. */
interface Member {
  rawName: string;
  name: string;
  at: number;
}

class Layout {
  private readonly reader: JsonReader;
  private readonly keyNames: readonly string[];
  private readonly lines: Line[] = [];
  private readonly isPlain: boolean;
  private readonly most: number;

  constructor(text: string, keyNames: readonly string[], view: JsonViewKind, most: number) {
    this.most = most;
    this.reader = new JsonReader(text);
    this.keyNames = keyNames;
    this.isPlain = view === 'json';
  }

  /** The item's lines, as many as are wanted. */
  first(): Line[] {
    try {
      this.item();
    } catch (thrown) {
      if (thrown !== enough) throw thrown;
    }
    return this.lines;
  }

  private item(): void {
    this.open({ depth: 0, tokens: [punctuation('{')] }, () => this.members(1, true), [punctuation('}')]);
    this.reader.end();
  }

  private add(line: Line): void {
    if (this.lines.length >= this.most) throw enough;
    this.lines.push(line);
  }

  /** The members of an object, in order, each from a line of its own. */
  private members(depth: number, isTop: boolean): void {
    const { reader } = this;
    const members: Member[] = [];
    reader.rawObject((rawName) => {
      members.push({ rawName, name: JSON.parse(rawName) as string, at: reader.at });
      reader.skipValue();
    });
    const end = reader.at;
    let last: Line | undefined;
    for (const { rawName, name, at } of members.sort((a, b) => this.compare(a.name, b.name, isTop))) {
      last?.tokens.push(punctuation(','));
      reader.at = at;
      const line: Line = { depth, tokens: [{ kind: 'name', text: rawName }, punctuation(': ')] };
      if (isTop) line.attribute = name;
      last = this.value(line);
    }
    reader.at = end;
  }

  private compare(a: string, b: string, isTop: boolean): number {
    const rank = (name: string) => (isTop && this.keyNames.includes(name) ? this.keyNames.indexOf(name) : Infinity);
    if (rank(a) !== rank(b)) return rank(a) - rank(b);
    return a < b ? -1 : 1;
  }

  /** `{ "S": "…" }` on the line that has been begun, or from there on. Gives the line on which it ends. */
  private value(line: Line): Line {
    let end = line;
    this.reader.rawObject((rawType) => {
      if (!this.isPlain) line.tokens.push(punctuation('{ '), { kind: 'type', text: rawType }, punctuation(': '));
      end = this.typed(line, rawType.slice(1, -1));
    });
    return end;
  }

  private typed(line: Line, type: string): Line {
    if (type === 'M') {
      line.tokens.push(punctuation('{'));
      return this.open(line, () => this.members(line.depth + 1, false), [this.closing('}')]);
    }
    if (type === 'L') {
      line.tokens.push(punctuation('['));
      return this.open(line, () => this.elements(line.depth + 1), [this.closing(']')]);
    }
    if (type === 'SS' || type === 'NS' || type === 'BS') {
      if (this.isPlain) line.note = type;
      return this.set(line, type === 'NS' ? 'number' : 'string');
    }
    const raw = this.reader.raw();
    line.tokens.push({ kind: kinds[type] ?? 'word', text: this.scalar(type, raw) });
    if (!this.isPlain) line.tokens.push(punctuation(' }'));
    if (type === 'B') line.note = `${this.isPlain ? 'B · ' : ''}${binaryNote(raw.slice(1, -1))}`;
    this.add(line);
    return line;
  }

  private closing(bracket: string): Token {
    return punctuation(this.isPlain ? bracket : `${bracket} }`);
  }

  /** In plain JSON a number has no quotes, and null is a word. */
  private scalar(type: string, raw: string): string {
    if (!this.isPlain) return raw;
    return type === 'NULL' ? 'null' : type === 'N' ? raw.slice(1, -1) : raw;
  }

  private elements(depth: number): void {
    let last: Line | undefined;
    this.reader.array(() => {
      last?.tokens.push(punctuation(','));
      last = this.value({ depth, tokens: [] });
    });
  }

  private set(line: Line, kind: Token['kind']): Line {
    const members: string[] = [];
    this.reader.array(() => members.push(this.scalar(kind === 'number' ? 'N' : 'S', this.reader.raw())));
    const length = members.reduce((sum, member) => sum + member.length + 2, 0);
    line.tokens.push(punctuation('['));
    if (length <= oneLineSet) {
      members.forEach((text, index) => {
        line.tokens.push(...(index > 0 ? [punctuation(', ')] : []), { kind, text });
      });
      line.tokens.push(this.closing(']'));
      this.add(line);
      return line;
    }
    const write = () =>
      members.forEach((text, index) => {
        const comma = index < members.length - 1 ? [punctuation(',')] : [];
        this.add({ depth: line.depth + 1, tokens: [{ kind, text }, ...comma] });
      });
    return this.open(line, write, [this.closing(']')]);
  }

  /** Writes a line that opens something, its inside, and the line that closes it; an empty inside takes one line. */
  private open(line: Line, inside: () => void, closing: Token[]): Line {
    this.add(line);
    const before = this.lines.length;
    inside();
    if (this.lines.length === before) {
      line.tokens.push(...closing);
      return line;
    }
    const end: Line = { depth: line.depth, tokens: closing };
    this.add(end);
    line.closedBy = this.lines.length - 1;
    return end;
  }
}

const kinds: Readonly<Record<string, Token['kind']>> = { S: 'string', N: 'number', B: 'string' };

function punctuation(text: string): Token {
  return { kind: 'punctuation', text };
}

function binaryNote(base64: string): string {
  const size = formatBytes(binarySize(base64));
  const text = textPreview(base64, noteBytes);
  return text === undefined ? size : `${size} · ${JSON.stringify(text)}`;
}
