import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'undici';
import { startDynalite } from '../engine/dynalite.ts';
import { startDynoxide } from '../engine/dynoxide.ts';
import type { Engine, EngineName } from '../engine/engine.ts';
import { type Statistics, writeStatistics } from '../engine/statistics.ts';
import { countTable } from './count.ts';
import { importIntoDynoxide } from './import-dynoxide.ts';
import { seedTables } from './seed-tables.ts';
import type { SeedTable } from './table.ts';
import type { Item } from './values.ts';
import { createTables, tableId, tagTables, writeItems } from './write.ts';

/**
 * Makes the prepared tables of every region, in `<outDir>/<engine>/<region>/`. What was there for this engine is
 * replaced once all of it is made.
 *
 * @param regions the tables of each region; tests make do with few
 */
export async function prepareTables(outDir: string, engine: EngineName, regions = seedTables): Promise<void> {
  const finished = join(outDir, engine);
  const partial = `${finished}.partial`;
  await rm(partial, { recursive: true, force: true });
  for (const [region, tables] of Object.entries(regions)) {
    const folder = join(partial, region);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await (engine === 'dynoxide' ? prepareDynoxide : prepareDynalite)(folder, region, tables);
  }
  await rm(finished, { recursive: true, force: true });
  await rename(partial, finished);
}

/** dynoxide imports a whole region at once, several times as fast as it could be written to; the rest is asked of it. */
async function prepareDynoxide(folder: string, region: string, tables: readonly SeedTable[]): Promise<void> {
  await importIntoDynoxide(folder, tables);
  await using(await startDynoxide({ folder, region }), async ({ http }) => {
    await tagTables(http, region, tables);
    await writeStatistics(folder, await countTables(http, tables));
  });
}

/** dynalite has no streams and no time to live, and loses an attribute named `__proto__`: its tables go without. */
async function prepareDynalite(folder: string, region: string, tables: readonly SeedTable[]): Promise<void> {
  const plain = tables.map(({ stream, timeToLive, ...table }) => ({
    ...table,
    items: () => Array.from(table.items(), withoutPrototypeName),
  }));
  await using(await startDynalite({ folder, region }), async ({ http }) => {
    await createTables(http, plain);
    for (const table of plain) await writeItems(http, table);
    await tagTables(http, region, plain);
    await writeStatistics(folder, await countTables(http, plain));
  });
}

async function countTables(engine: Pool, tables: readonly SeedTable[]): Promise<Statistics> {
  const statistics: Statistics = {};
  for (const table of tables) {
    statistics[table.name] = { tableId: await tableId(engine, table.name), ...countTable(table) };
  }
  return statistics;
}

function withoutPrototypeName(item: Item): Item {
  return Object.fromEntries(Object.entries(item).filter(([name]) => name !== '__proto__'));
}

async function using(engine: Engine, work: (engine: Engine) => Promise<void>): Promise<void> {
  try {
    await work(engine);
  } finally {
    await engine.close();
  }
}
