import fc from 'fast-check';

/** DynamoDB JSON as a plain object, for tests: what an SDK would send. */
export type Wire = Record<string, unknown>;

const name = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('__proto__', 'constructor', 'toString', '10', '2', 'a.b', '', '"', '\\', '\u2028'),
);

const number = fc.oneof(
  fc.bigInt().map(String),
  fc.constantFrom('12345678901234567890123456789012345678', '0.1234567890123456789012345678901234567', '1E+40', '-0'),
);
const text = fc.string({ unit: 'binary', maxLength: 24 });
const base64 = fc.uint8Array({ maxLength: 24 }).map((bytes) => btoa(String.fromCharCode(...bytes)));

/** Any attribute value that DynamoDB could answer with. */
export const wireValue: fc.Arbitrary<Wire> = fc.letrec<{ value: Wire; entries: Wire }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ S: text }),
    fc.record({ N: number }),
    fc.record({ B: base64 }),
    fc.record({ BOOL: fc.boolean() }),
    fc.constant({ NULL: true }),
    fc.record({ SS: fc.uniqueArray(text, { minLength: 1, maxLength: 4 }) }),
    fc.record({ NS: fc.uniqueArray(number, { minLength: 1, maxLength: 4 }) }),
    fc.record({ BS: fc.uniqueArray(base64, { minLength: 1, maxLength: 4 }) }),
    fc.record({ L: fc.array(tie('value'), { maxLength: 4 }) }),
    fc.record({ M: tie('entries') }),
  ),
  entries: fc
    .uniqueArray(fc.tuple(name, tie('value')), { maxLength: 5, selector: ([key]) => key })
    .map((pairs) => ownEntries(pairs)),
})).value;

/** An item as its name–value pairs, in order. */
export const wirePairs = fc.uniqueArray(fc.tuple(name, wireValue), { maxLength: 8, selector: ([key]) => key });

/** Writes the pairs in their own order, which `JSON.stringify` of an object would not keep. */
export function itemText(pairs: readonly (readonly [string, Wire])[]): string {
  return `{${pairs.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`;
}

/** `Object.fromEntries` that keeps `__proto__` as a name like any other. */
function ownEntries(pairs: readonly (readonly [string, Wire])[]): Wire {
  const object: Wire = Object.create(null) as Wire;
  for (const [key, value] of pairs) object[key] = value;
  return object;
}
