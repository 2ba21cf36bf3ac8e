import { customerCount, customerId } from '../people.ts';
import { SeededRandom } from '../random.ts';
import type { SeedTable } from '../table.ts';
import { b, bool, type Item, isoTime, m, n, s, ss } from '../values.ts';

const browsers = [
  'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.4 Safari/605.1.15',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36',
  'ShopApp/7.2 (iPhone; iOS 19.1)',
];

/** Logins of the web shop, with a time to live. It ends years from now, so that no engine clears the table away. */
export const sessions: SeedTable = {
  name: 'Sessions',
  key: ['SessionId:S'],
  globalIndexes: { 'UserId-index': { key: ['UserId:S', 'CreatedAt:S'], projection: ['ExpiresAt'] } },
  timeToLive: 'ExpiresAt',
  throughput: { read: 25, write: 10 },
  items: allSessions,
};

function* allSessions(): Iterable<Item> {
  const random = new SeededRandom('sessions');
  for (let number = 0; number < 600; number += 1) {
    const createdAt = random.time(Date.UTC(2026, 5, 1), Date.UTC(2026, 10, 1));
    yield {
      SessionId: s(`sess_${random.bytes(15).toString('base64url')}`),
      UserId: s(customerId(random.integer(1, customerCount))),
      CreatedAt: s(isoTime(createdAt)),
      ExpiresAt: n(Math.floor(random.time(Date.UTC(2033, 0, 1), Date.UTC(2038, 0, 1)) / 1000)),
      // Addresses that are reserved for documentation (RFC 5737, RFC 3849).
      IpAddress: s(
        random.oneIn(5) ? `2001:db8::${random.integer(1, 65_535).toString(16)}` : `203.0.113.${random.integer(1, 254)}`,
      ),
      UserAgent: s(random.pick(browsers)),
      Scopes: ss('shop', ...random.some(['account', 'orders', 'reviews', 'support'], 0, 3)),
      CsrfToken: b(random.bytes(16)),
      Mfa: bool(random.oneIn(3)),
      ...(random.oneIn(2) && {
        Cart: m({ Items: n(random.integer(1, 9)), UpdatedAt: s(isoTime(createdAt + random.integer(1, 3_600_000))) }),
      }),
    };
  }
}
