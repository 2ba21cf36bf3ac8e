import type { SeededRandom } from './random.ts';
import { type AttributeValue, m, s } from './values.ts';

/** A made-up person. The mail domains are reserved for examples (RFC 2606). */
export interface Person {
  name: string;
  email: string;
}

const firstNames = [
  'Amélie',
  'Aarav',
  'Beatriz',
  'Benoît',
  'Chloé',
  'Daniel',
  'Elif',
  'Émile',
  'Fatima',
  'Gabriel',
  'Grace',
  'Hiroshi',
  'Imani',
  'Ingrid',
  'Jack',
  'Jasmine',
  'Kofi',
  'Lachlan',
  'Léa',
  'Liam',
  'Mei',
  'Mateo',
  'Nadia',
  'Noah',
  'Olivia',
  'Omar',
  'Priya',
  'Quinn',
  'Raphaël',
  'Rosa',
  'Samuel',
  'Siobhán',
  'Tomasz',
  'Uma',
  'Victor',
  'Wanda',
  'Xavier',
  'Yasmin',
  'Zoë',
  'Zuzana',
];
const lastNames = [
  "O'Brien",
  'Anderson',
  'Bélanger',
  'Bouchard',
  'Chan',
  'Côté',
  'Dubois',
  'Fraser',
  'Gagnon',
  'García',
  'Gupta',
  'Haddad',
  'Ivanova',
  'Jansen',
  'Kim',
  'Kowalski',
  'Lavoie',
  'MacDonald',
  'Martin',
  'Mbeki',
  'Morin',
  'Müller',
  'Nguyễn',
  'Okafor',
  'Patel',
  'Pelletier',
  'Rossi',
  'Roy',
  'Singh',
  'Smith',
  'St-Pierre',
  'Tanaka',
  'Thompson',
  'Tremblay',
  'Wilson',
  'Yılmaz',
];

/** Streets and cities that parcels go to. */
const places = [
  ['Montréal', 'QC', 'H2X 1Y4', 'rue Saint-Denis'],
  ['Québec', 'QC', 'G1R 4P5', 'rue Saint-Jean'],
  ['Toronto', 'ON', 'M5V 2T6', 'Queen Street West'],
  ['Ottawa', 'ON', 'K1P 5M7', 'Bank Street'],
  ['Vancouver', 'BC', 'V6B 1H4', 'Granville Street'],
  ['Victoria', 'BC', 'V8W 1P6', 'Government Street'],
  ['Calgary', 'AB', 'T2P 2M5', '8 Avenue SW'],
  ['Edmonton', 'AB', 'T5J 2R7', 'Jasper Avenue'],
  ['Halifax', 'NS', 'B3J 1P3', 'Barrington Street'],
  ['Winnipeg', 'MB', 'R3C 0V8', 'Portage Avenue'],
  ["St. John's", 'NL', 'A1C 1G6', 'Water Street'],
  ['Whitehorse', 'YT', 'Y1A 2B5', 'Main Street'],
] as const;

/** A person; `number` keeps the mail addresses apart. */
export function person(random: SeededRandom, number: number): Person {
  const first = random.pick(firstNames);
  const last = random.pick(lastNames);
  const plain = `${first}.${last}`
    .normalize('NFD')
    .toLowerCase()
    .replaceAll('ı', 'i')
    .replace(/[^a-z.]/g, '');
  return {
    name: `${first} ${last}`,
    email: `${plain}${number}@${random.pick(['example.com', 'example.org', 'example.net'])}`,
  };
}

/** A postal address. */
export function address(random: SeededRandom): AttributeValue {
  const [city, province, postalCode, street] = random.pick(places);
  return m({
    Street: s(`${random.integer(1, 2400)} ${street}`),
    City: s(city),
    Province: s(province),
    PostalCode: s(postalCode),
    Country: s('CA'),
  });
}

/** The id of a customer, the same in every table that mentions customers. */
export function customerId(number: number): string {
  return `CUST-${String(number).padStart(5, '0')}`;
}

/** How many customers there are. */
export const customerCount = 2_400;
