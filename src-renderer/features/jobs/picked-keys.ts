import { maxPicked } from '../../../src-shared/contracts/jobs.ts';
import type { KeyAttribute } from '../../../src-shared/contracts/tables.ts';
import type { AttributeValue, Item } from '../../../src-shared/values/attribute-value.ts';
import { writeItem } from '../../../src-shared/values/write-value.ts';
import { toast } from '../../ui/toast.ts';
import { formatCount } from '../shared/format.ts';
import type { ItemRow } from '../tables/item-row.ts';

/** The keys of rows as DynamoDB JSON; undefined, and said, when a job does not take as many. */
export function pickedKeys(rows: readonly ItemRow[], key: readonly KeyAttribute[]): string[] | undefined {
  if (rows.length > maxPicked) {
    toast({
      title: `A selection can have ${formatCount(maxPicked)} rows`,
      description: 'Use a query for more.',
      tone: 'bad',
    });
    return undefined;
  }
  const names = key.map(({ name }) => name);
  return rows.map((row) => writeItem(keyOf(row.pick(names), key)));
}

function keyOf(item: Item, key: readonly KeyAttribute[]): Item {
  const found = new Map<string, AttributeValue>();
  for (const { name } of key) {
    const value = item.get(name);
    if (value) found.set(name, value);
  }
  return found;
}
