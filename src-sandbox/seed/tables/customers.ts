import { address, customerCount, customerId, person } from '../people.ts';
import { SeededRandom } from '../random.ts';
import type { SeedTable } from '../table.ts';
import { bool, type Item, isoDate, m, n, nothing, s, ss } from '../values.ts';

/** Who ordered what is in Orders. */
export const customers: SeedTable = {
  name: 'Customers',
  key: ['CustomerId:S'],
  globalIndexes: {
    'Email-index': { key: ['Email:S'], projection: 'KEYS_ONLY' },
    'Tier-Since-index': { key: ['Tier:S', 'CustomerSince:S'], projection: ['Name'] },
  },
  tags: { team: 'customer-care', 'data-class': 'personal' },
  items: allCustomers,
};

function* allCustomers(): Iterable<Item> {
  const random = new SeededRandom('customers');
  for (let number = 1; number <= customerCount; number += 1) {
    const { name, email } = person(random, number);
    yield {
      CustomerId: s(customerId(number)),
      Name: s(name),
      Email: s(email),
      Tier: s(random.pick(['basic', 'basic', 'basic', 'plus', 'pro'])),
      CustomerSince: s(isoDate(random.time(Date.UTC(2015, 0, 1), Date.UTC(2026, 9, 1)))),
      Address: address(random),
      Phone: random.oneIn(3) ? nothing : s(`+1-555-01${random.digits(2)}`),
      Points: n(random.integer(0, 48_000)),
      Newsletter: bool(random.oneIn(2)),
      ...(random.oneIn(4) && { Languages: ss(...random.some(['de', 'en', 'es', 'fr', 'iu'], 1, 3)) }),
      ...(random.oneIn(6) && {
        Preferences: m({ Contact: s(random.pick(['email', 'phone', 'never'])), PaperInvoice: bool(random.oneIn(2)) }),
      }),
    };
  }
}
