import { accountId } from '../../iam/account.ts';
import { catalog } from '../../seed/catalog.ts';
import { customerCount, customerId, person } from '../../seed/people.ts';
import { SeededRandom } from '../../seed/random.ts';
import type { SeedBucket, SeedObject } from './buckets.ts';

const day = 86_400_000;

/** What a shop keeps of its business, in the region of the big tables. */
export const shopRecords: SeedBucket = {
  name: `shop-records-${accountId}`,
  region: 'us-east-1',
  publicRead: false,
  created: Date.UTC(2024, 0, 2, 8),
  objects: () => [
    readme,
    settings,
    ...[7, 8, 9].map(ordersOf),
    ...[10_481, 10_482, 10_483].map(invoice),
    ...[28, 29, 30].map(logOf),
    ...notes,
  ],
};

const readme: SeedObject = {
  key: 'README.txt',
  contentType: 'text/plain; charset=utf-8',
  modified: Date.UTC(2024, 0, 2, 8, 5),
  text: [
    'Records of the shop',
    '',
    'exports/orders/   orders of each month, CSV',
    'invoices/         one JSON document for each invoice',
    'logs/web/         what the web servers wrote, by day',
    'notes/            texts of all kinds, under names of all kinds',
    '',
    "All of this is made up: it is the demo data of Rolegate's sandbox.",
    '',
  ].join('\n'),
};

const settings: SeedObject = {
  key: 'config/shop.json',
  contentType: 'application/json',
  modified: Date.UTC(2026, 8, 14, 9, 30),
  text: `${JSON.stringify(
    {
      currency: 'CAD',
      languages: ['en-CA', 'fr-CA'],
      freeShippingFrom: '75.00',
      features: { giftWrapping: true, storePickup: true, reviews: false },
    },
    null,
    2,
  )}\n`,
};

function ordersOf(month: number): SeedObject {
  const random = new SeededRandom(`exports ${month}`);
  const from = Date.UTC(2026, month, 1);
  const to = Date.UTC(2026, month + 1, 1);
  const rows = Array.from({ length: 240 }, (_, index) => {
    const product = random.pick(catalog);
    const quantity = random.integer(1, 4);
    return [
      `ORD-2026${String(month + 1).padStart(2, '0')}-${String(index + 1).padStart(5, '0')}`,
      new Date(from + ((to - from) * index) / 240).toISOString().slice(0, 19),
      customerId(random.integer(1, customerCount)),
      product.sku,
      quoted(product.name),
      quantity,
      ((product.priceInCents * quantity) / 100).toFixed(2),
    ].join(',');
  });
  return {
    key: `exports/orders/2026-${String(month + 1).padStart(2, '0')}.csv`,
    contentType: 'text/csv; charset=utf-8',
    modified: to + day / 4,
    text: `${['order_id,ordered_at,customer_id,sku,product,quantity,total', ...rows].join('\r\n')}\r\n`,
    metadata: { rows: String(rows.length), source: 'table Orders' },
  };
}

function invoice(number: number): SeedObject {
  const random = new SeededRandom(`invoice ${number}`);
  const lines = Array.from({ length: random.integer(1, 5) }, () => {
    const { sku, name, priceInCents } = random.pick(catalog);
    return { sku, name, quantity: random.integer(1, 3), unitPrice: (priceInCents / 100).toFixed(2) };
  });
  const cents = lines.reduce((sum, line) => sum + Math.round(Number(line.unitPrice) * 100) * line.quantity, 0);
  const issued = Date.UTC(2026, 9, 12 + (number % 10), 15);
  return {
    key: `invoices/2026/INV-${number}.json`,
    contentType: 'application/json',
    modified: issued,
    text: `${JSON.stringify(
      {
        invoice: `INV-${number}`,
        issuedAt: new Date(issued).toISOString(),
        customer: { id: customerId(number % customerCount), ...person(random, number) },
        lines,
        total: (cents / 100).toFixed(2),
        currency: 'CAD',
      },
      null,
      2,
    )}\n`,
  };
}

function logOf(dayOfMonth: number): SeedObject {
  const random = new SeededRandom(`log ${dayOfMonth}`);
  const from = Date.UTC(2026, 9, dayOfMonth);
  const lines = Array.from({ length: 400 }, (_, index) => {
    const time = new Date(from + (day * index) / 400 + random.integer(0, 90_000)).toISOString();
    const { sku } = random.pick(catalog);
    const status = random.oneIn(40) ? 500 : random.oneIn(12) ? 404 : 200;
    return `${time} web-1 GET /products/${sku} ${status} ${random.integer(3, 240)}ms`;
  });
  return {
    key: `logs/web/2026/10/${dayOfMonth}/web-1.log`,
    contentType: 'text/plain; charset=utf-8',
    modified: from + day,
    text: `${lines.join('\n')}\n`,
  };
}

/** Names that a tool which takes keys for paths or for ASCII would stumble over. */
const notes: readonly SeedObject[] = [
  ['notes/Réunion d’été — Montréal.txt', 'Le prochain inventaire commence le 12 janvier.\n'],
  ['notes/50% off? (draft) + ideas.txt', 'Half price on everything that is green, in the week before the equinox.\n'],
  ['notes/日本のお客様.txt', 'いつもありがとうございます。\n'],
].map(([key = '', text = '']) => ({
  key,
  text,
  contentType: 'text/plain; charset=utf-8',
  modified: Date.UTC(2026, 5, 21, 12),
}));

function quoted(text: string): string {
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
