/**
 * Numbers that look random and are the same in every build: the prepared tables must not differ from one build to
 * the next, and tests count on what is in them.
 */
export class SeededRandom {
  #state: number;

  /** @param seed any text; each table has its own, so that a change to one leaves the others as they are */
  constructor(seed: string) {
    this.#state = 0x9e3779b9;
    for (const character of seed) this.#state = Math.imul(this.#state ^ (character.codePointAt(0) ?? 0), 0x85ebca6b);
  }

  /** A number of [0, 1), by the generator known as mulberry32. */
  fraction(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number of [min, max]. */
  integer(min: number, max: number): number {
    return min + Math.floor(this.fraction() * (max - min + 1));
  }

  /** True in one of `every` cases. */
  oneIn(every: number): boolean {
    return this.integer(1, every) === 1;
  }

  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T {
    const choice = list[this.integer(0, list.length - 1)];
    if (choice === undefined) throw new RangeError('There is nothing to pick from.');
    return choice;
  }

  /** Some of a list, each at most once, in the list's order. */
  some<T>(list: readonly T[], min: number, max: number): T[] {
    const wanted = Math.min(this.integer(min, max), list.length);
    const chosen = new Set<number>();
    while (chosen.size < wanted) chosen.add(this.integer(0, list.length - 1));
    return list.filter((_, index) => chosen.has(index));
  }

  /** So many decimal digits, the first of them not 0. */
  digits(count: number): string {
    let text = String(this.integer(1, 9));
    while (text.length < count) text += this.integer(0, 9);
    return text;
  }

  /** So many bytes. */
  bytes(count: number): Buffer {
    return Buffer.from(Array.from({ length: count }, () => this.integer(0, 255)));
  }

  /** A time of [from, to), in milliseconds since the epoch. */
  time(from: number, to: number): number {
    return Math.floor(from + this.fraction() * (to - from));
  }
}
