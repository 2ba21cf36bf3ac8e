type Pairs = [name: string, value: Record<string, unknown>][];

const artists = [
  'Acme Band',
  'No One You Know',
  'The Cascades',
  'Nora Vale',
  'Kilo & the Watts',
  'Søren Ågård',
  'Ínstra',
];
const genres = ['Country', 'Ambient', 'Jazz', 'Post-rock'];
const statuses = ['PLACED', 'PAID', 'PACKED', 'SHIPPED', 'RETURNED'];

/** Written pair by pair, so that names keep their order whatever they are. */
function text(pairs: Pairs): string {
  return `{${pairs.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`;
}

function pick<Value>(values: readonly Value[], index: number): Value {
  return values[index % values.length]!;
}

function music(index: number): string {
  const pairs: Pairs = [
    ['Artist', { S: pick(artists, index) }],
    ['SongTitle', { S: `Song number ${index + 1}` }],
    ['AlbumTitle', { S: `Album ${Math.floor(index / 8) + 1}` }],
    ['Year', { N: String(1968 + (index % 57)) }],
  ];
  if (index % 2 === 0) pairs.push(['Genre', { S: pick(genres, index) }]);
  if (index % 3 === 0) pairs.push(['Awards', { N: String(index % 5) }]);
  if (index % 4 === 0) pairs.push(['Tags', { SS: ['live', 'remaster', `take-${index}`] }]);
  if (index % 5 === 0) pairs.push(['Explicit', { BOOL: index % 10 === 0 }]);
  return text(pairs);
}

function orders(index: number): string {
  const total = `${(index * 37) % 900}.${String((index * 13) % 100).padStart(2, '0')}`;
  return text([
    ['CustomerId', { S: `c-${String(1000 + (index % 611))}` }],
    ['OrderId', { S: `2025-${String((index % 12) + 1).padStart(2, '0')}-${String(index).padStart(6, '0')}` }],
    ['Status', { S: pick(statuses, index) }],
    ['Total', { N: total }],
    ['Currency', { S: pick(['EUR', 'USD', 'GBP'], index) }],
    ['PlacedAt', { S: new Date(Date.UTC(2025, index % 12, (index % 27) + 1, index % 24, index % 60)).toISOString() }],
    ['Email', { S: `customer${index % 611}@example.com` }],
    [
      'Lines',
      {
        L: [
          { M: { sku: { S: `sku-${index % 40}` }, qty: { N: String((index % 3) + 1) } } },
          { M: { sku: { S: 'gift' } } },
        ],
      },
    ],
    ...(index % 7 === 0 ? ([['Note', { S: 'Leave it with the neighbour,\nplease.' }]] as Pairs) : []),
    ['Gift', { BOOL: index % 9 === 0 }],
    ...(index % 6 === 0 ? ([['Coupon', { NULL: true }]] as Pairs) : []),
  ]);
}

function telemetry(index: number): string {
  const pairs: Pairs = [
    ['Device', { S: `sensor-${index % 25}` }],
    ['At', { N: String(1_760_000_000 + index * 60) }],
  ];
  for (let channel = 1; channel <= 60; channel++) {
    if ((index + channel) % 4 !== 0) pairs.push([`channel_${channel}`, { N: `${(index * channel) % 100}.${channel}` }]);
  }
  return text(pairs);
}

const zoo: [label: string, value: Record<string, unknown>][] = [
  ['a plain text', { S: 'plain text' }],
  ['an empty text', { S: '' }],
  ['a text that looks like a number', { S: '42' }],
  ['a number', { N: '42' }],
  ['38 digits', { N: '12345678901234567890123456789012345678' }],
  ['true', { BOOL: true }],
  ['null', { NULL: true }],
  ['binary that is text', { B: btoa('Hello, binary world') }],
  ['binary that is not', { B: btoa('\u0000\u0001\u00fe\u00ff\u0089PNG') }],
  ['a string set', { SS: ['b', 'a', '10'] }],
  ['a number set', { NS: ['1', '2.50', '99999999999999999999'] }],
  ['a binary set', { BS: [btoa('one'), btoa('three')] }],
  ['a list', { L: [{ S: 'x' }, { N: '1' }, { NULL: true }, { L: [] }, { M: {} }] }],
  ['a map', { M: { city: { S: 'Berlin' }, at: { L: [{ N: '52.52' }, { N: '13.405' }] }, open: { BOOL: true } } }],
];

function allTypes(index: number): string {
  const [label, value] = pick(zoo, index);
  const odd: Pairs = [
    ['__proto__', { S: 'a name like any other' }],
    ['10', { N: '10' }],
    ['a.b', { S: 'dotted' }],
  ];
  return text([['Id', { S: label }], ['Value', value], ...(index % 3 === 1 ? odd : [])]);
}

function big(index: number): string {
  const numbers = Array.from({ length: 12_000 }, (_, number) => ({ N: String(number) }));
  return text([
    ['Id', { S: `big-${index}` }],
    ['Essay', { S: 'Lorem ipsum dolor sit amet, consectetur adipiscing elit. '.repeat(2000) }],
    ['Numbers', { L: numbers }],
    ['Zenith', { S: 'the end' }],
  ]);
}

/** How the items of each kind of table are made: always the same, by their number. */
export const itemMakers = { music, orders, telemetry, allTypes, big };
