import { SeededRandom } from './random.ts';

/** A product of the shop whose data the sandbox shows. */
export interface Product {
  sku: string;
  name: string;
  category: string;
  brand: string;
  priceInCents: number;
}

/** Categories with their SKU prefix, what their products are called, and a price to begin from, in cents. */
const categories = [
  ['Tents', 'TNT', ['Dome Tent', 'Tunnel Tent', 'Trekking Tent', 'Family Tent'], 24_900],
  ['Sleeping bags', 'SLP', ['Down Sleeping Bag', 'Summer Sleeping Bag', 'Quilt'], 12_900],
  ['Backpacks', 'BPK', ['Daypack', 'Expedition Pack', 'Hydration Pack'], 8_900],
  ['Footwear', 'FTW', ['Hiking Boot', 'Trail Shoe', 'Winter Boot'], 13_900],
  ['Stoves', 'STV', ['Gas Stove', 'Multi-fuel Stove', 'Wood Stove'], 5_900],
  ['Lighting', 'LGT', ['Headlamp', 'Lantern', 'String Light'], 3_900],
  ['Boats', 'BOT', ['Touring Kayak', 'Canoe', 'Packraft'], 89_900],
  ['Bicycles', 'BIC', ['Gravel Bike', 'Touring Bike', 'Fat Bike'], 149_900],
  ['Jackets', 'JKT', ['Rain Jacket', 'Down Jacket', 'Softshell'], 15_900],
  ['Navigation', 'NAV', ['Compass', 'GPS Receiver', 'Map Case'], 6_900],
  ['Climbing', 'CLM', ['Rope', 'Harness', 'Carabiner Set'], 7_900],
  ['Food', 'FOD', ['Freeze-dried Chili', 'Oat Bar Box', 'Ground Coffee'], 1_290],
] as const;

const brands = ['Boréal', 'Fundy & Sons', 'Harfang', 'Kootenay Works', 'Loonlight', 'North Arm', 'Tamarack'];
const models = [
  'Abbott',
  'Bowron',
  'Cascade',
  'Drummond',
  'Esker',
  'Foxe',
  'Garibaldi',
  'Huron',
  'Inuvik',
  'Jarvis',
  'Kluane',
  'Labrador',
];

const productsInCategory = 30;

/** Every product, the same in every table that mentions products. */
export const catalog: readonly Product[] = categories.flatMap(([category, prefix, kinds, basePrice]) => {
  const random = new SeededRandom(`catalog ${category}`);
  return Array.from({ length: productsInCategory }, (_, index) => ({
    sku: `${prefix}-${1000 + index * 7}`,
    name: `${models[index % models.length]} ${random.integer(1, 4)} ${random.pick(kinds)}`,
    category,
    brand: random.pick(brands),
    priceInCents: Math.round((basePrice * random.integer(60, 190)) / 1000) * 10 + 5,
  }));
});
