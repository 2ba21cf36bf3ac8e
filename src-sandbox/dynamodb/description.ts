import type { Figures, Statistics } from '../engine/statistics.ts';

/** What a table's description has to do with its statistics; the rest of it is carried along. */
export interface TableDescription {
  TableName: string;
  TableId?: string | undefined;
  ItemCount?: number | undefined;
  TableSizeBytes?: number | undefined;
  GlobalSecondaryIndexes?: readonly IndexDescription[] | undefined;
  LocalSecondaryIndexes?: readonly IndexDescription[] | undefined;
}

interface IndexDescription {
  IndexName: string;
  ItemCount?: number | undefined;
  IndexSizeBytes?: number | undefined;
}

/**
 * A table's description with the figures that the engine does not have: those of the prepared table as it was made.
 * What the engine has counted itself stays, and so do the descriptions of other tables.
 */
export function withStatistics<Table extends TableDescription>(table: Table, statistics: Statistics): Table {
  const known = ownValue(statistics, table.TableName);
  if (!known || known.tableId !== table.TableId) return table;
  const counted = (indexes: readonly IndexDescription[] | undefined) =>
    indexes?.map((index) => withFigures(index, ownValue(known.indexes, index.IndexName)));
  return {
    ...table,
    ItemCount: table.ItemCount || known.itemCount,
    TableSizeBytes: table.TableSizeBytes || known.sizeBytes,
    ...(table.GlobalSecondaryIndexes && { GlobalSecondaryIndexes: counted(table.GlobalSecondaryIndexes) }),
    ...(table.LocalSecondaryIndexes && { LocalSecondaryIndexes: counted(table.LocalSecondaryIndexes) }),
  };
}

function withFigures(index: IndexDescription, figures: Figures | undefined): IndexDescription {
  if (!figures) return index;
  return {
    ...index,
    ItemCount: index.ItemCount || figures.itemCount,
    IndexSizeBytes: index.IndexSizeBytes || figures.sizeBytes,
  };
}

function ownValue<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
