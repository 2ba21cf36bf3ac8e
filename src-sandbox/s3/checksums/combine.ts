/**
 * The CRC of two stretches of bytes one after the other, from the CRC of each. A CRC is a remainder of polynomials
 * over GF(2): to append n bytes is to multiply by x^8n and to add what they come to.
 *
 * It holds for CRCs that begin with all bits set and are inverted at the end, as all of S3's are.
 */
export class CrcCombiner {
  readonly #polynomial: bigint;
  /** The polynomial "1": bits are in reversed order, so it is the highest. */
  readonly #one: bigint;
  /** What CRCs of the first stretch are multiplied by, by the length of the second; parts mostly have one length. */
  readonly #factors = new Map<number, bigint>();

  constructor({ width, polynomial }: { width: bigint; polynomial: bigint }) {
    this.#polynomial = polynomial;
    this.#one = 1n << (width - 1n);
  }

  /** @param length of the second stretch, in bytes */
  combine(first: bigint, second: bigint, length: number): bigint {
    return this.#multiply(first, this.#factor(length)) ^ second;
  }

  #factor(length: number): bigint {
    const known = this.#factors.get(length);
    if (known !== undefined) return known;
    let factor = this.#one;
    // x^8, squared again and again.
    let power = this.#one >> 8n;
    for (let rest = BigInt(length); rest > 0n; rest >>= 1n) {
      if (rest & 1n) factor = this.#multiply(factor, power);
      power = this.#multiply(power, power);
    }
    this.#factors.set(length, factor);
    return factor;
  }

  #multiply(a: bigint, b: bigint): bigint {
    let product = 0n;
    let shifted = b;
    for (let bit = this.#one; bit > 0n; bit >>= 1n) {
      if (a & bit) product ^= shifted;
      shifted = shifted & 1n ? (shifted >> 1n) ^ this.#polynomial : shifted >> 1n;
    }
    return product;
  }
}
