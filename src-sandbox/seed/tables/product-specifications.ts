import type { SeededRandom } from '../random.ts';
import { type AttributeValue, bool, type Item, l, m, n, ns, s, ss } from '../values.ts';

/** Makes the value of one specification. */
type Specification = (random: SeededRandom) => AttributeValue;

const number =
  (min: number, max: number): Specification =>
  (random) =>
    n(random.integer(min, max));
const tenth =
  (min: number, max: number): Specification =>
  (random) =>
    n((random.integer(min * 10, max * 10) / 10).toFixed(1));
const oneOf =
  (...texts: readonly string[]): Specification =>
  (random) =>
    s(random.pick(texts));
const someOf =
  (...texts: readonly string[]): Specification =>
  (random) =>
    ss(...random.some(texts, 1, texts.length));
const yesOrNo: Specification = (random) => bool(random.oneIn(2));

/** What is told of the products of each category, and of no others. */
const specifications: Readonly<Record<string, Readonly<Record<string, Specification>>>> = {
  Tents: {
    Persons: number(1, 6),
    Seasons: number(2, 4),
    Poles: number(1, 7),
    PoleMaterial: oneOf('aluminium', 'carbon', 'fibreglass'),
    WaterColumnMm: number(1500, 10_000),
    Freestanding: yesOrNo,
    Vestibules: number(0, 3),
    PackedSize: (random) => m({ LengthCm: n(random.integer(30, 70)), DiameterCm: n(random.integer(12, 30)) }),
  },
  'Sleeping bags': {
    ComfortCelsius: number(-25, 15),
    LimitCelsius: number(-40, 10),
    FillPower: number(500, 900),
    Fill: oneOf('goose down', 'duck down', 'synthetic'),
    ZipSide: oneOf('left', 'right', 'centre'),
    CompressedLitres: tenth(3, 22),
  },
  Backpacks: {
    CapacityLitres: number(12, 95),
    BackLengths: someOf('S', 'M', 'L'),
    HipBelt: yesOrNo,
    RainCover: yesOrNo,
    Pockets: number(1, 14),
    HydrationLitres: tenth(0, 3),
  },
  Footwear: {
    SizesEu: (random) => ns(...random.some([36, 37, 38, 39, '39.5', 40, 41, '41.5', 42, 43, 44, 45], 3, 8)),
    Upper: oneOf('leather', 'nubuck', 'mesh', 'recycled polyester'),
    Sole: oneOf('rubber', 'cork', 'EVA'),
    Waterproof: yesOrNo,
    DropMm: number(0, 12),
    CramponCompatible: yesOrNo,
    Resoleable: yesOrNo,
    Widths: someOf('narrow', 'regular', 'wide'),
  },
  Stoves: {
    Fuels: someOf('butane', 'gasoline', 'kerosene', 'propane', 'wood'),
    PowerWatts: number(1200, 4200),
    BoilSecondsPerLitre: number(120, 420),
    Igniter: oneOf('piezo', 'match'),
    Burners: number(1, 3),
    HeatExchanger: yesOrNo,
  },
  Lighting: {
    Lumens: number(40, 1500),
    BurnHours: (random) => m({ Low: n(random.integer(40, 300)), High: n(random.integer(2, 20)) }),
    Battery: oneOf('3 × AAA', '18650', 'USB-C, built in'),
    BeamMetres: number(10, 220),
    RedLight: yesOrNo,
    IpRating: oneOf('IPX4', 'IPX7', 'IP68'),
  },
  Boats: {
    Seats: number(1, 3),
    HullMaterial: oneOf('aramid', 'polyethylene', 'TPU', 'cedar'),
    MaxLoadKg: number(110, 480),
    BeamCm: number(54, 98),
    Hatches: number(0, 4),
    Rudder: oneOf('none', 'skeg', 'rudder'),
    Inflatable: yesOrNo,
    PaddleLengthsCm: (random) => ns(...random.some([205, 210, 215, 220, 230, 240], 1, 4)),
  },
  Bicycles: {
    FrameMaterial: oneOf('steel', 'aluminium', 'titanium'),
    FrameSizesCm: (random) => ns(...random.some([48, 50, 52, 54, 56, 58, 60, 62], 2, 6)),
    Gears: number(1, 27),
    Brakes: oneOf('hydraulic disc', 'mechanical disc'),
    WheelInches: oneOf('26', '27.5', '28'),
    TyreWidthMm: number(32, 120),
    Mounts: (random) => l(...random.some(['fork', 'rear rack', 'mudguards', 'top tube'], 1, 4).map(s)),
    Dynamo: yesOrNo,
    MaxSystemWeightKg: number(120, 200),
  },
  Jackets: {
    Sizes: someOf('XS', 'S', 'M', 'L', 'XL', 'XXL'),
    Fit: oneOf('slim', 'regular', 'relaxed'),
    Hood: oneOf('fixed', 'detachable', 'none'),
    BreathabilityRet: tenth(3, 25),
    Layers: number(1, 3),
    PitZips: yesOrNo,
    PfasFree: yesOrNo,
  },
  Navigation: {
    Satellites: someOf('BeiDou', 'Galileo', 'GLONASS', 'GPS'),
    ScreenInches: tenth(1, 6),
    StorageGb: number(4, 128),
    Declination: yesOrNo,
    Scales: (random) => l(...random.some([10_000, 25_000, 50_000], 1, 3).map((scale) => s(`1:${scale}`))),
    SosButton: yesOrNo,
  },
  Climbing: {
    DiameterMm: tenth(7, 11),
    LengthM: number(30, 80),
    FallsHeld: number(5, 22),
    ImpactForceKn: tenth(7, 10),
    Standards: someOf('EN 892', 'EN 12277', 'EN 12275', 'UIAA 101'),
    GearLoops: number(0, 6),
  },
  Food: {
    Calories: number(180, 900),
    Servings: number(1, 24),
    Allergens: someOf('gluten', 'milk', 'nuts', 'soy'),
    Vegan: yesOrNo,
    BestBeforeMonths: number(6, 84),
    Nutrition: (random) =>
      m({ ProteinG: n(random.integer(2, 40)), FatG: n(random.integer(1, 35)), SugarG: n(random.integer(0, 30)) }),
  },
};

/** The attributes that a product of this category has; now and then one is missing. */
export function specificationsOf(random: SeededRandom, category: string): Item {
  const entries = Object.entries(specifications[category] ?? {});
  return Object.fromEntries(entries.filter(() => !random.oneIn(8)).map(([name, make]) => [name, make(random)]));
}
