import { SeededRandom } from '../random.ts';
import type { SeedTable } from '../table.ts';
import { bool, type Item, l, m, money, n, s, ss } from '../values.ts';

const artists = [
  ['No One You Know', 'Country'],
  ['Acme Band', 'Rock'],
  ['The Tidewater Choir', 'Folk'],
  ['Marisol Vega', 'Latin'],
  ['Kettle & Drum', 'Jazz'],
  ['Étoile Polaire', 'Chanson'],
  ['Halifax Harbour', 'Folk'],
  ['Neon Loon', 'Electronic'],
  ['Sister Asphalt', 'Rock'],
  ['DJ Permafrost', 'Electronic'],
  ['The Lumen Quartet', 'Classical'],
  ['Björk & Birch', 'Folk'],
  ['Old Portage Road', 'Country'],
  ['Sakura Station', 'Pop'],
  ['Brass Monkeys of Moncton', 'Jazz'],
  ['Žofie Nováková', 'Pop'],
] as const;

const openings = [
  'Harvest',
  'Harbour',
  'Somewhere',
  'Northern',
  'Paper',
  'Midnight',
  'Electric',
  'Slow',
  'Blue',
  'Last',
  'Golden',
  'Winter',
];
const endings = [
  'Holiday',
  'Parade',
  'Down the Road',
  'Lights',
  'Boats',
  'Train',
  'Garden',
  'Morning',
  'Letters',
  'Skyline',
  'Hour',
  'Carnival',
];
const labels = ['Cobalt Records', 'Saltbox Music', 'Maison Rouge', 'Tundra Tapes'];

/** The items of the same table in the DynamoDB Developer Guide, for those who follow its examples. */
const knownSongs = [
  ['No One You Know', 'Call Me Today', 'Somewhat Famous', 1],
  ['No One You Know', 'Howdy', 'Somewhat Famous', 2],
  ['Acme Band', 'Happy Day', 'Songs About Life', 10],
  ['Acme Band', 'PartiQL Rocks', 'Another Album Title', 8],
] as const;

/** DynamoDB's best-known example table, with a little more in it. */
export const music: SeedTable = {
  name: 'Music',
  key: ['Artist:S', 'SongTitle:S'],
  globalIndexes: { 'Genre-Year-index': { key: ['Genre:S', 'Year:N'], projection: 'ALL' } },
  tags: { team: 'catalogue', environment: 'demo' },
  items: songs,
};

function* songs(): Iterable<Item> {
  yield* knownSongs.map(([artist, title, album, awards]) => ({
    Artist: s(artist),
    SongTitle: s(title),
    AlbumTitle: s(album),
    Awards: n(awards),
  }));
  const random = new SeededRandom('music');
  for (const [artist, genre] of artists) {
    for (const opening of random.some(openings, 6, 9)) {
      const album = `${random.pick(openings)} ${random.pick(endings)}`;
      const year = random.integer(1978, 2026);
      for (const ending of random.some(endings, 3, 6))
        yield song(random, { artist, genre, title: `${opening} ${ending}`, album, year });
    }
  }
}

interface Song {
  artist: string;
  genre: string;
  title: string;
  album: string;
  year: number;
}

function song(random: SeededRandom, { artist, genre, title, album, year }: Song): Item {
  return {
    Artist: s(artist),
    SongTitle: s(title),
    AlbumTitle: s(album),
    Genre: s(genre),
    Year: n(year),
    Seconds: n(random.integer(95, 540)),
    Label: s(random.pick(labels)),
    Price: money(random.pick([99, 129, 199])),
    Explicit: bool(random.oneIn(9)),
    Streams: n(random.digits(random.integer(4, 10))),
    ...(random.oneIn(3) && { Awards: n(random.integer(1, 12)) }),
    ...(random.oneIn(2) && {
      Moods: ss(...random.some(['calm', 'dance', 'focus', 'rainy', 'road trip', 'workout'], 1, 3)),
    }),
    ...(random.oneIn(4) && {
      Charts: l(
        ...random
          .some(['CA', 'DE', 'FR', 'JP', 'US'], 1, 3)
          .map((country) => m({ Country: s(country), Peak: n(random.integer(1, 100)) })),
      ),
    }),
  };
}
