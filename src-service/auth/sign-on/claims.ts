import type { Traits } from '../../access/template.ts';

/** Claims as they are kept. */
export type Claims = Record<string, string[]>;

/** Bounds of what a provider may say: it ends up in a document, in traits and on screens. */
const maxNames = 200;
const maxValues = 1_000;
const maxText = 2_048;
const maxNameLength = 256;

/**
 * What a provider claims about somebody, as traits: texts, and lists of texts. Numbers and truth values become text;
 * anything nested, too long, or with control characters is left out.
 */
export function claimTraits(claims: Readonly<Record<string, unknown>>): Claims {
  const traits: [string, string[]][] = [];
  for (const [name, value] of Object.entries(claims)) {
    if (traits.length === maxNames || name === '' || name.length > maxNameLength || !isPlain(name)) continue;
    const values = (Array.isArray(value) ? value : [value]).map(asText).filter((text) => text !== undefined);
    if (values.length > 0) traits.push([name, [...new Set(values)].slice(0, maxValues)]);
  }
  // Made from entries: a claim named __proto__ is a claim like any other.
  return Object.fromEntries(traits);
}

function asText(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value.length <= maxText && isPlain(value) ? value : undefined;
}

function isPlain(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is kept out.
  return text.isWellFormed() && /^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$/.test(text);
}

/** The first value of a claim, where there is one. */
export function firstClaim(claims: Traits, name: string): string | undefined {
  return Object.hasOwn(claims, name) ? claims[name]?.[0] : undefined;
}
