import { SeededRandom } from '../random.ts';
import type { SeedTable } from '../table.ts';
import { type AttributeValue, b, bool, bs, type Item, l, m, n, nothing, ns, s, ss } from '../values.ts';

/** Every type of DynamoDB, and every value that tools get wrong. Each item says what it is about. */
export const everyType: SeedTable = {
  name: 'EveryType',
  key: ['Id:S'],
  items: () => Object.entries(values).map(([id, attributes]) => ({ Id: s(id), ...attributes })),
};

const bytes = (...values: number[]) => Uint8Array.from(values);

const values: Readonly<Record<string, Item>> = {
  'all types': {
    String: s('text'),
    Number: n('42'),
    Binary: b(bytes(0, 1, 2, 253, 254, 255)),
    Boolean: bool(true),
    Null: nothing,
    List: l(s('one'), n(2), bool(false), nothing),
    Map: m({ street: s('Main Street'), number: n(7) }),
    StringSet: ss('ash', 'birch', 'cedar'),
    NumberSet: ns('1', '2.5', '-3'),
    BinarySet: bs(bytes(1), bytes(2, 3)),
  },
  'big numbers': {
    ThirtyEightDigits: n('12345678901234567890123456789012345678'),
    NegativeThirtyEightDigits: n('-98765432109876543210987654321098765432'),
    LongFraction: n('3.1415926535897932384626433832795028841'),
    BeyondDouble: n('9007199254740993'),
    Largest: n('9.9999999999999999999999999999999999999E+125'),
    Smallest: n('1E-130'),
    NegativeSmallest: n('-1E-130'),
    Zero: n('0'),
    NegativeFraction: n('-0.000001'),
    Tenth: n('0.1'),
  },
  'empty values': {
    EmptyString: s(''),
    EmptyBinary: b(bytes()),
    EmptyList: l(),
    EmptyMap: m({}),
    ListOfEmpties: l(s(''), l(), m({}), b(bytes())),
    Null: nothing,
  },
  'awkward names': {
    'with.dots.in.it': s('not a path'),
    'with spaces': s('quote me'),
    '🎿 emoji': s('a name like any other'),
    // Computed, or it would be the object's prototype.
    ['__proto__']: s('an attribute, no prototype'),
    constructor: s('an attribute, no function'),
    toString: s('an attribute, no method'),
    '007': s('digits only'),
    '42': s('digits only, without a zero before them'),
    'quote"and\'apostrophe': s('escaped twice'),
    'bracket[0]': s('not an element'),
    '#hash:colon': s('not a placeholder'),
    select: s('a reserved word'),
    ' ': s('a space for a name'),
    'new\nline': s('a line feed in a name'),
  },
  'text of the world': {
    Arabic: s('مرحبا بالعالم – من اليمين إلى اليسار 123'),
    Hebrew: s('שלום עולם'),
    MixedDirections: s('price: 250 ₪ (מחיר) net'),
    Chinese: s('数据库里的文字'),
    Japanese: s('日本語のテキスト、半角ｶﾅも'),
    Emoji: s('👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🇨🇦'),
    Combining: s('e\u0301 is not é, but looks it'),
    ZeroWidth: s('a\u200bb\u200dc\ufeffd'),
    ControlCharacters: s('bell \u0007, escape \u001b[31mred\u001b[0m, null \u0000, end'),
    Html: s('<script>alert("not here")</script> &amp; <b>bold</b>'),
    LooksLikeNumber: s('0123.4500'),
    LooksLikeJson: s('{"S":"not a value"}'),
    LineBreaks: s('one\ntwo\r\nthree\ttab'),
    OutsideThePlane: s('𝕳𝖊𝖑𝖑𝖔 𐍈'),
  },
  sets: {
    OneString: ss('alone'),
    StringsWithSpace: ss(' a', 'a ', 'a', ''),
    BigNumbers: ns('12345678901234567890123456789012345678', '-1E-100', '0'),
    Binaries: bs(bytes(0), bytes(255), bytes(0, 0)),
  },
  nested: { TenDeep: nest(10), ThirtyDeep: nest(30), Mixed: l(m({ a: l(m({ b: ss('x', 'y') })) }), l(l(l(n(1))))) },
  'many attributes': Object.fromEntries(
    Array.from({ length: 200 }, (_, index) => [`attribute${String(index + 1).padStart(3, '0')}`, n(index + 1)]),
  ),
  'long text': { Text: s(letter(40)), OneLine: s('no break anywhere '.repeat(600).replaceAll(' ', '')) },
  'long list': { Numbers: l(...Array.from({ length: 2_000 }, (_, index) => n(index))) },
  'big item': { Picture: b(new SeededRandom('picture').bytes(150_000)), Log: s(letter(560)) },
  binary: {
    Png: b(
      Buffer.from(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
        'base64',
      ),
    ),
    Gzip: b(Buffer.from('H4sIAAAAAAAAA8tIzcnJBwCGphA2BQAAAA==', 'base64')),
    Utf8Text: b(Buffer.from('{"this is":"JSON in binary"}')),
    OneByte: b(bytes(0)),
  },
};

/** Maps and lists in each other, so many levels of them, with a text in the middle. */
function nest(levels: number): AttributeValue {
  let value = s('the middle');
  for (let level = 1; level <= levels; level += 1) value = level % 2 === 0 ? l(value) : m({ inner: value });
  return value;
}

/** A letter of so many paragraphs, about 270 characters each. */
function letter(paragraphs: number): string {
  const random = new SeededRandom('letter');
  const sentences = [
    'The ferry was late again, so we counted buoys until the lights of the harbour came up.',
    'Please send the second crate by rail; the first one arrived with two panes broken.',
    'Nobody had told the cook about the eleven guests, and still there was enough for everyone.',
    'We measured the depth at noon and again at six, and the difference was four centimetres.',
    'If the key does not turn, lift the door a little and try once more.',
    'The accounts for spring are closed, but the invoice of the sailmaker is missing.',
  ];
  const paragraph = () => Array.from({ length: 3 }, () => random.pick(sentences)).join(' ');
  return Array.from({ length: paragraphs }, paragraph).join('\n\n');
}
