import type { StagedChange } from '../../../../src-shared/contracts/staging.ts';
import { itemDiff } from '../../../../src-shared/staging/item-diff.ts';
import { parseItem } from '../../../../src-shared/values/parse-item.ts';
import { ItemRow } from '../item-row.ts';
import { identityOf, identityOfChange } from './staged-changes.ts';

/** What is staged for a row that is shown. */
export interface RowMark {
  change: StagedChange;
  /** The attributes that are not what they are in the table. */
  names: ReadonlySet<string>;
}

/** The loaded rows as they will be, and what is different about them. */
export interface StagedRows {
  rows: readonly ItemRow[];
  marks: ReadonlyMap<ItemRow, RowMark>;
}

const noMarks: ReadonlyMap<ItemRow, RowMark> = new Map();

/** Puts staged changes over loaded rows: new items first, edited ones in their places, deleted ones still there. */
export class StagedOverlay {
  /** A change keeps its row for as long as it is the same, so that selection and focus stay. */
  private readonly made = new WeakMap<StagedChange, ItemRow>();
  /** Reading an item to know its key is work; with 100,000 rows it must not be done at each change. */
  private identities = new WeakMap<ItemRow, string>();
  private identitiesOf: readonly string[] = [];

  over(rows: readonly ItemRow[], changes: readonly StagedChange[], keyNames: readonly string[]): StagedRows {
    if (changes.length === 0 || keyNames.length === 0) return { rows, marks: noMarks };
    const marks = new Map<ItemRow, RowMark>();
    const byIdentity = new Map(changes.map((change) => [identityOfChange(change, keyNames), change]));
    const inserted = changes
      .filter((change) => change.kind === 'insert')
      .map((change) => {
        const row = this.rowOf(change, change.item);
        marks.set(row, { change, names: new Set() });
        return row;
      });
    const shown = rows.map((row) => {
      const change = byIdentity.get(this.identity(row, keyNames));
      if (!change || change.kind === 'insert') return row;
      if (change.kind === 'delete') {
        marks.set(row, { change, names: new Set() });
        return row;
      }
      const next = this.rowOf(change, change.item);
      const names = itemDiff(parseItem(change.base), next.item).map(({ name }) => name);
      marks.set(next, { change, names: new Set(names) });
      return next;
    });
    return { rows: [...inserted, ...shown], marks };
  }

  private identity(row: ItemRow, keyNames: readonly string[]): string {
    if (this.identitiesOf !== keyNames) {
      this.identitiesOf = keyNames;
      this.identities = new WeakMap();
    }
    const known = this.identities.get(row);
    if (known !== undefined) return known;
    const identity = identityOf(row.pick(keyNames), keyNames);
    this.identities.set(row, identity);
    return identity;
  }

  private rowOf(change: StagedChange, text: string): ItemRow {
    const known = this.made.get(change);
    if (known) return known;
    const row = new ItemRow(text);
    this.made.set(change, row);
    return row;
  }
}
