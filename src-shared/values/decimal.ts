/**
 * A decimal number, taken apart: its value is `0.digits × 10^exponent`. `digits` has no zero at either end, and is
 * empty for zero.
 */
interface Decimal {
  isNegative: boolean;
  digits: string;
  exponent: number;
}

const form = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,6}))?\s*$/;

/** More digits than these DynamoDB does not keep (Developer Guide, "Constraints": Number). */
export const maxDigits = 38;
const largestExponent = 126;
const smallestExponent = -129;

/** Takes a number's text apart. @returns undefined for text that is not a number */
function parseDecimal(text: string): Decimal | undefined {
  const match = form.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '', fraction = '', power = '0'] = match;
  if (whole === '' && fraction === '') return undefined;
  const all = whole + fraction;
  const leading = all.length - all.replace(/^0+/, '').length;
  const digits = all.slice(leading).replace(/0+$/, '');
  if (digits === '') return { isNegative: false, digits, exponent: 0 };
  return { isNegative: sign === '-', digits, exponent: whole.length - leading + Number(power) };
}

/**
 * Compares two numbers by their value, digit by digit: nothing is rounded on the way. Text that is not a number comes
 * after all numbers.
 */
export function compareNumbers(a: string, b: string): number {
  const left = parseDecimal(a);
  const right = parseDecimal(b);
  if (!left || !right) return left ? -1 : right ? 1 : compareCodeUnits(a, b);
  if (left.isNegative !== right.isNegative) return left.isNegative ? -1 : 1;
  return left.isNegative ? compareMagnitudes(right, left) : compareMagnitudes(left, right);
}

function compareMagnitudes(a: Decimal, b: Decimal): number {
  if (a.digits === '' || b.digits === '') return Number(a.digits !== '') - Number(b.digits !== '');
  if (a.exponent !== b.exponent) return a.exponent < b.exponent ? -1 : 1;
  // Of two rows of digits behind the same point the shorter one, where it is the beginning of the other, is smaller.
  return compareCodeUnits(a.digits, b.digits);
}

/** The one text that all spellings of a number have in common: `007.50`, `7.5` and `75e-1` give the same. */
export function canonicalNumber(text: string): string {
  const decimal = parseDecimal(text);
  if (!decimal) return text;
  const { isNegative, digits, exponent } = decimal;
  return digits === '' ? '0' : `${isNegative ? '-' : ''}.${digits}e${exponent}`;
}

/**
 * The number nearest to this one among those that a computer holds; NaN for text that is not a number. For what may be
 * near the truth (a chart, a first comparison), never for what is shown or written.
 */
export function roundedNumber(text: string): number {
  return parseDecimal(text) ? Number(text) : Number.NaN;
}

/** How many digits of a number count; what DynamoDB measures a number by. */
export function significantDigits(text: string): number {
  return parseDecimal(text)?.digits.length ?? 0;
}

/**
 * Why DynamoDB would not take this number.
 *
 * @returns a sentence, or undefined when it would
 */
export function numberProblem(text: string): string | undefined {
  const decimal = parseDecimal(text);
  if (!decimal) return text.trim() === '' ? 'A number is missing.' : 'This is not a number.';
  const { digits, exponent } = decimal;
  if (digits.length > maxDigits) {
    return `A number can have ${maxDigits} digits that count; this one has ${digits.length}.`;
  }
  if (digits === '') return undefined;
  if (exponent > largestExponent) return 'This number is too large: DynamoDB takes those below 1E+126.';
  if (exponent < smallestExponent) return 'This number is too close to zero: DynamoDB takes those from 1E-130.';
  return undefined;
}

function compareCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
