import { catalog } from '../catalog.ts';
import { address, customerCount, customerId } from '../people.ts';
import { SeededRandom } from '../random.ts';
import type { SeedTable } from '../table.ts';
import { bool, type Item, isoTime, l, m, money, n, s } from '../values.ts';

const orderCount = 21_000;
const firstOrder = Date.UTC(2024, 0, 2, 8);
const lastOrder = Date.UTC(2026, 9, 31, 20);
const day = 86_400_000;

/** The big table: more items than a page, a screen or a budget of reads can hold. */
export const orders: SeedTable = {
  name: 'Orders',
  key: ['CustomerId:S', 'OrderId:S'],
  globalIndexes: {
    'Status-OrderedAt-index': { key: ['Status:S', 'OrderedAt:S'], projection: ['Total'] },
    'TrackingNumber-index': { key: ['TrackingNumber:S'], projection: 'KEYS_ONLY' },
  },
  localIndexes: { 'CustomerId-Total-index': { key: ['CustomerId:S', 'Total:N'], projection: 'KEYS_ONLY' } },
  stream: true,
  tags: { team: 'checkout', environment: 'demo', 'cost-centre': '4711' },
  items: allOrders,
};

function* allOrders(): Iterable<Item> {
  const random = new SeededRandom('orders');
  for (let number = 1; number <= orderCount; number += 1) {
    // One after the other through the years, a little early or late.
    const even = firstOrder + ((lastOrder - firstOrder) * number) / orderCount;
    yield order(random, number, even + random.integer(0, day / 4));
  }
}

function order(random: SeededRandom, number: number, orderedAt: number): Item {
  // Few customers order often, most order now and then.
  const customer = Math.ceil(customerCount * random.fraction() ** 1.7) || 1;
  const lines = random
    .some(catalog, 1, random.pick([1, 1, 2, 3]))
    .map((product) => ({ product, quantity: random.pick([1, 1, 1, 2, 2, 4]) }));
  const total = lines.reduce((sum, { product, quantity }) => sum + product.priceInCents * quantity, 0);
  const status = statusOf(random, orderedAt);
  // The other half is picked up in a shop and has no tracking number, which keeps that index sparse.
  const shipped = random.oneIn(2) && ['SHIPPED', 'DELIVERED', 'RETURNED'].includes(status);
  return {
    CustomerId: s(customerId(customer)),
    OrderId: s(`ORD-${isoTime(orderedAt).slice(0, 4)}-${String(number).padStart(6, '0')}`),
    OrderedAt: s(isoTime(orderedAt)),
    Status: s(status),
    Total: money(total),
    Lines: l(
      ...lines.map(({ product, quantity }) =>
        m({ Sku: s(product.sku), Quantity: n(quantity), UnitPrice: money(product.priceInCents) }),
      ),
    ),
    ...(shipped && {
      TrackingNumber: s(`1Z${random.digits(10)}`),
      Carrier: s(random.pick(['Canada Post', 'Purolator', 'UPS'])),
    }),
    ...(random.oneIn(6) && { ShipTo: address(random) }),
    ...(random.oneIn(12) && {
      Gift: bool(true),
      GiftNote: s(random.pick(['Bonne fête, maman!', 'See you at the lake.', 'For the next 4,000 m.'])),
    }),
    ...(random.oneIn(10) && { Coupon: s(random.pick(['SPRING15', 'WELCOME', 'LOYAL-10', 'FREESHIP'])) }),
  };
}

/** Old orders are done with; only the last few weeks are under way. */
function statusOf(random: SeededRandom, orderedAt: number): string {
  const age = (lastOrder - orderedAt) / day;
  if (random.oneIn(40)) return 'CANCELLED';
  if (age > 12) return random.oneIn(15) ? 'RETURNED' : 'DELIVERED';
  if (age > 3) return 'SHIPPED';
  return random.pick(['PENDING', 'PAID', 'PACKED']);
}
