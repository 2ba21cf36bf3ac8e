import { accountId } from '../../iam/account.ts';
import { SeededRandom } from '../../seed/random.ts';
import type { SeedBucket, SeedObject } from './buckets.ts';

/** What a shop gives away: anybody may list and read it, signed in or not. */
export const openData: SeedBucket = {
  name: `open-data-${accountId}`,
  region: 'ca-central-1',
  publicRead: true,
  created: Date.UTC(2024, 4, 17, 8, 30),
  objects: () => [readme, trails, ...stations.map(weatherAt)],
};

const readme: SeedObject = {
  key: 'README.md',
  contentType: 'text/markdown; charset=utf-8',
  modified: Date.UTC(2024, 4, 17, 9),
  text: [
    '# Open data for people who go outside',
    '',
    '- `trails/trails.json`: trails that we like',
    '- `weather/2025/<station>.csv`: temperature and precipitation by day',
    '',
    'The numbers are made up. Use them as you like; nothing is promised (CC0).',
    '',
  ].join('\n'),
};

const trails: SeedObject = {
  key: 'trails/trails.json',
  contentType: 'application/json',
  modified: Date.UTC(2025, 3, 2, 10),
  text: `${JSON.stringify(
    [
      { name: 'Sentier des Caps', province: 'QC', kilometres: 51.0, season: 'all year' },
      { name: 'Bruce Trail, Lion’s Head', province: 'ON', kilometres: 18.2, season: 'May to October' },
      { name: 'Juan de Fuca', province: 'BC', kilometres: 47.0, season: 'June to September' },
      { name: 'Skyline Loop', province: 'NS', kilometres: 8.2, season: 'all year' },
    ],
    null,
    2,
  )}\n`,
};

const stations = [
  { id: 'YUL', name: 'Montréal', mean: 7 },
  { id: 'YVR', name: 'Vancouver', mean: 11 },
  { id: 'YXY', name: 'Whitehorse', mean: 0 },
] as const;

function weatherAt({ id, name, mean }: (typeof stations)[number]): SeedObject {
  const random = new SeededRandom(`weather ${id}`);
  const rows = Array.from({ length: 365 }, (_, index) => {
    const date = new Date(Date.UTC(2025, 0, 1 + index)).toISOString().slice(0, 10);
    const temperature = mean - 14 * Math.cos(((index - 15) * 2 * Math.PI) / 365) + random.integer(-40, 40) / 10;
    const precipitation = random.oneIn(3) ? random.integer(1, 280) / 10 : 0;
    return `${date},${temperature.toFixed(1)},${precipitation.toFixed(1)}`;
  });
  return {
    key: `weather/2025/${id}.csv`,
    contentType: 'text/csv; charset=utf-8',
    modified: Date.UTC(2026, 0, 3, 6),
    text: `${['date,mean_temperature_celsius,precipitation_mm', ...rows].join('\n')}\n`,
    metadata: { station: encodeURIComponent(name) },
  };
}
