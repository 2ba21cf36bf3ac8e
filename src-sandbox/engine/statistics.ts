import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const figures = z.object({ itemCount: z.number(), sizeBytes: z.number() });
const tableStatistics = figures.extend({ tableId: z.string(), indexes: z.record(z.string(), figures) });
const statistics = z.record(z.string(), tableStatistics);

/** How many items something holds, and how many bytes they take. */
export type Figures = z.infer<typeof figures>;
/** The figures of a table and its indexes; `tableId` tells it from a later one of the same name. */
export type TableStatistics = z.infer<typeof tableStatistics>;
/**
 * What is known of the prepared tables, by name. The engines count little of it themselves, and DynamoDB's own
 * figures are hours old in general, so those of the preparation do.
 */
export type Statistics = z.infer<typeof statistics>;

const fileName = 'statistics.json';

/** Writes a region's statistics beside its data. */
export async function writeStatistics(folder: string, content: Statistics): Promise<void> {
  await writeFile(join(folder, fileName), JSON.stringify(content), { mode: 0o600 });
}

/** Reads a region's statistics; a region without prepared data has none. */
export async function readStatistics(folder: string): Promise<Statistics> {
  let text: string;
  try {
    text = await readFile(join(folder, fileName), 'utf8');
  } catch {
    return {};
  }
  return statistics.parse(JSON.parse(text));
}
