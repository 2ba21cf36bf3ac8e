import { catalog } from '../catalog.ts';
import { SeededRandom } from '../random.ts';
import type { SeedTable } from '../table.ts';
import { type Item, isoDate, l, m, n, s } from '../values.ts';

const warehouses = ['YHZ-1', 'YUL-1', 'YVR-2'];

/** How much of each product lies where. */
export const inventory: SeedTable = {
  name: 'Inventory',
  key: ['Warehouse:S', 'Sku:S'],
  globalIndexes: { 'Sku-index': { key: ['Sku:S'], projection: ['OnHand', 'Reserved'] } },
  localIndexes: { 'Warehouse-OnHand-index': { key: ['Warehouse:S', 'OnHand:N'], projection: 'ALL' } },
  items: stock,
};

function* stock(): Iterable<Item> {
  const random = new SeededRandom('inventory');
  for (const warehouse of warehouses) {
    for (const { sku } of catalog) {
      const onHand = random.oneIn(10) ? 0 : random.integer(1, 400);
      yield {
        Warehouse: s(warehouse),
        Sku: s(sku),
        OnHand: n(onHand),
        Reserved: n(random.integer(0, Math.min(onHand, 20))),
        Bin: s(`${random.pick(['A', 'B', 'C', 'D'])}-${random.integer(1, 48)}-${random.integer(1, 6)}`),
        CountedOn: s(isoDate(random.time(Date.UTC(2026, 6, 1), Date.UTC(2026, 10, 1)))),
        ...(onHand < 15 && {
          Incoming: l(
            m({
              Purchase: s(`PUR-${random.digits(5)}`),
              Quantity: n(random.integer(20, 200)),
              Due: s(isoDate(Date.UTC(2026, 11, random.integer(1, 28)))),
            }),
          ),
        }),
      };
    }
  }
}
