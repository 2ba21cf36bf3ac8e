import { customerCount, customerId } from '../people.ts';
import { SeededRandom } from '../random.ts';
import type { SeedTable } from '../table.ts';
import { bool, type Item, isoDate, isoTime, l, m, money, n, nothing, s } from '../values.ts';

const day = 86_400_000;

/** A table whose name has dots in it, which not every tool expects. */
export const invoices: SeedTable = {
  name: 'billing.invoices.2026',
  key: ['InvoiceNumber:N'],
  globalIndexes: { 'customer.dueOn': { key: ['CustomerId:S', 'DueOn:S'], projection: 'ALL' } },
  tags: { team: 'finance', retention: '7 years' },
  items: allInvoices,
};

function* allInvoices(): Iterable<Item> {
  const random = new SeededRandom('invoices');
  for (let number = 1; number <= 420; number += 1) {
    const issuedOn = Date.UTC(2026, 0, 2) + Math.floor((number / 420) * 300) * day;
    const net = random.integer(2_500, 480_000);
    const tax = Math.round(net * 0.14975);
    const paid = !random.oneIn(6);
    yield {
      InvoiceNumber: n(20_260_000 + number),
      CustomerId: s(customerId(random.integer(1, customerCount))),
      IssuedOn: s(isoDate(issuedOn)),
      DueOn: s(isoDate(issuedOn + 30 * day)),
      PaidAt: paid ? s(isoTime(issuedOn + random.integer(1, 28 * day))) : nothing,
      Amounts: m({ Net: money(net), Tax: money(tax), Gross: money(net + tax) }),
      Reminders: paid
        ? l()
        : l(
            ...Array.from({ length: random.integer(1, 3) }, (_, index) =>
              s(isoDate(issuedOn + (37 + index * 14) * day)),
            ),
          ),
      Reversed: bool(random.oneIn(50)),
      'po.number': s(`PO-${random.digits(6)}`),
    };
  }
}
