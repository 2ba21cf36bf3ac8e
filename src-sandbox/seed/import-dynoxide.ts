import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { databaseFile, dynoxideProgram } from '../engine/dynoxide.ts';
import { EngineError } from '../engine/engine.ts';
import { createTableInput, type SeedTable } from './table.ts';

/**
 * Makes a region's SQLite file with dynoxide's own import, which reads what DynamoDB's export to S3 writes: gzipped
 * lines of JSON, and the tables as DescribeTable describes them.
 *
 * @param folder where the file is to be; it exists
 */
export async function importIntoDynoxide(folder: string, tables: readonly SeedTable[]): Promise<void> {
  const program = dynoxideProgram();
  if (program === undefined) throw new EngineError('There is no dynoxide for this kind of machine.');
  const source = join(folder, 'export');
  for (const table of tables) {
    const data = join(source, table.name, 'data');
    await mkdir(data, { recursive: true });
    const lines = Array.from(table.items(), (Item) => JSON.stringify({ Item }));
    await writeFile(join(data, 'items.json.gz'), gzipSync(lines.join('\n'), { level: 1 }));
  }
  const schema = join(source, 'schema.json');
  await writeFile(schema, JSON.stringify(tables.map(describedTable)));
  const output = join(folder, databaseFile);
  await promisify(execFile)(program, ['import', '--source', source, '--schema', schema, '--output', output]);
  await rm(source, { recursive: true });
}

function describedTable(table: SeedTable) {
  const { BillingMode, ...description } = createTableInput(table);
  return { Table: { ...description, TableStatus: 'ACTIVE', BillingModeSummary: { BillingMode } } };
}
