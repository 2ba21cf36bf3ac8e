import { catalog, type Product } from '../catalog.ts';
import { SeededRandom } from '../random.ts';
import type { SeedTable } from '../table.ts';
import { type AttributeValue, bool, type Item, isoDate, l, m, money, n, nothing, ns, s, ss } from '../values.ts';
import { specificationsOf } from './product-specifications.ts';

/** The shop's catalogue: few attributes in every item, many in some, about a hundred in all. */
export const products: SeedTable = {
  name: 'Products',
  key: ['Sku:S'],
  globalIndexes: { 'Category-Price-index': { key: ['Category:S', 'Price:N'], projection: ['Name', 'Brand'] } },
  tags: { team: 'catalogue' },
  items: allProducts,
};

function* allProducts(): Iterable<Item> {
  const random = new SeededRandom('products');
  for (const product of catalog) yield productItem(random, product);
}

function productItem(random: SeededRandom, product: Product): Item {
  const launchedOn = random.time(Date.UTC(2019, 0, 1), Date.UTC(2026, 8, 1));
  return {
    Sku: s(product.sku),
    Name: s(product.name),
    Category: s(product.category),
    Brand: s(product.brand),
    Price: money(product.priceInCents),
    // Costs come out of a conversion of currencies with all its digits.
    UnitCost: n(`${Math.floor(product.priceInCents / 230)}.${random.digits(24)}`),
    Currency: s('CAD'),
    TaxRate: n(random.pick(['0.05', '0.13', '0.14975', '0.15'])),
    Gtin: s(`0${random.digits(12)}`),
    LaunchedOn: s(isoDate(launchedOn)),
    DiscontinuedOn: random.oneIn(8) ? s(isoDate(Date.UTC(2026, random.integer(0, 10), 28))) : nothing,
    Tags: ss(
      ...random.some(
        ['bestseller', 'camping', 'family', 'gift idea', 'lightweight', 'made in Canada', 'recycled', 'winter'],
        1,
        4,
      ),
    ),
    Images: l(
      ...Array.from({ length: random.integer(0, 4) }, (_, index) =>
        s(`https://images.example.com/${product.sku}/${index + 1}.webp`),
      ),
    ),
    Ratings: ratings(random),
    Dimensions: m({
      LengthCm: n(random.integer(5, 320)),
      WidthCm: n(random.integer(4, 90)),
      HeightCm: n(random.integer(2, 60)),
    }),
    // What costs more mostly weighs more.
    WeightGrams: n(random.integer(40, 200 + Math.floor(product.priceInCents / 8))),
    ...specificationsOf(random, product.category),
    ...extras(random, product),
  };
}

function ratings(random: SeededRandom): AttributeValue {
  const counts = Array.from({ length: 5 }, (_, stars) => random.integer(0, 40 * (stars + 1)));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const average = counts.reduce((sum, count, stars) => sum + count * (stars + 1), 0) / Math.max(total, 1);
  return m({ Average: n(average.toFixed(12)), Count: n(total), Histogram: l(...counts.map((count) => n(count))) });
}

/** What only some products have. */
function extras(random: SeededRandom, product: Product): Item {
  return {
    ...(random.oneIn(3) && {
      Colours: ss(...random.some(['anthracite', 'lichen', 'ochre', 'salmon', 'spruce', 'sky'], 1, 4)),
    }),
    ...(random.oneIn(3) && {
      Warranty: m({
        Years: n(random.integer(1, 25)),
        Registration: bool(random.oneIn(2)),
        Excludes: l(s('wear'), s('zippers')),
      }),
    }),
    ...(random.oneIn(4) && {
      Translations: m({
        fr: m({ Name: s(`${product.name} – édition québécoise`) }),
        de: m({ Name: s(`${product.name} (Übergröße)`) }),
      }),
    }),
    ...(random.oneIn(5) && { RelatedSkus: ss(...random.some(catalog, 1, 3).map((other) => other.sku)) }),
    ...(random.oneIn(6) && {
      Campaign: m({ Name: s('Autumn clearance'), PercentOff: n(random.pick([10, 15, 25])), Until: s('2026-12-31') }),
    }),
    ...(random.oneIn(9) && { SafetyNotice: s('Keep away from open flame. Tenir loin des flammes.') }),
    ...(random.oneIn(9) && {
      PriceHistory: l(
        ...Array.from({ length: random.integer(2, 6) }, (_, index) =>
          m({ From: s(`202${index}-03-01`), Price: money(product.priceInCents - index * 250) }),
        ),
      ),
    }),
    ...(random.oneIn(12) && {
      LuckyNumbers: ns(random.integer(1, 9), random.integer(10, 99), `${random.integer(1, 9)}.5`),
    }),
  };
}
