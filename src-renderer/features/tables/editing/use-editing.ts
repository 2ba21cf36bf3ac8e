import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { StagedChange } from '../../../../src-shared/contracts/staging.ts';
import type { KeyAttribute, TableDetails } from '../../../../src-shared/contracts/tables.ts';
import { wholeTable } from '../../../../src-shared/reading/whole-table.ts';
import type { AttributeValue, Item } from '../../../../src-shared/values/attribute-value.ts';
import { sameValue } from '../../../../src-shared/values/compare.ts';
import { itemProblems } from '../../../../src-shared/values/item-problems.ts';
import { parseItem } from '../../../../src-shared/values/parse-item.ts';
import { writeItem, writeValue } from '../../../../src-shared/values/write-value.ts';
import { useClient } from '../../../bridge/react.tsx';
import { newId } from '../../../state/new-id.ts';
import { toast } from '../../../ui/toast.ts';
import { useShortcut } from '../../../ui/use-shortcut.ts';
import { toastError } from '../../shared/error-toast.ts';
import { useSession } from '../../workspace/session-context.tsx';
import { ItemRow } from '../item-row.ts';
import type { Items } from '../use-items.ts';
import { identityOf, identityOfChange, withDelete, withEdit } from './staged-changes.ts';
import { type RowMark, StagedOverlay } from './staged-rows.ts';

/** An item that is being edited. */
export interface Edited {
  first: Item;
  isNew: boolean;
  /** As it is in the table or, for one that is new itself, as it was staged; undefined for a new one. */
  base?: string;
}

/** What can be done to the items of a table, all of it staged. */
export interface Editing {
  rows: readonly ItemRow[];
  marks: ReadonlyMap<ItemRow, RowMark>;
  edited: Edited | undefined;
  isReviewing: boolean;
  /** Without the table's key nothing can be edited. */
  canEdit: boolean;
  edit: (row: ItemRow) => void;
  duplicate: (row: ItemRow) => void;
  create: () => void;
  /** Deletes these, or lets those live that were to go. */
  remove: (rows: readonly ItemRow[]) => void;
  stageEdit: (item: Item) => void;
  cancelEdit: () => void;
  /** Stages another value of one attribute. @returns why that cannot be, in words */
  stageValue: (row: ItemRow, name: string, value: AttributeValue) => Promise<string | undefined>;
  review: (isOpen: boolean) => void;
  onWritten: (changes: readonly StagedChange[]) => void;
}

/** Edits a table's items: nothing of it is written before it is committed. */
export function useEditing(items: Items, table: string, details: TableDetails | undefined): Editing {
  const client = useClient();
  const { where } = useSession();
  const { stage, reading } = items.work;
  const { changes } = useStore(stage.store);
  const [overlay] = useState(() => new StagedOverlay());
  const [edited, setEdited] = useState<Edited>();
  const [isReviewing, setReviewing] = useState(false);
  const keyNames = useMemo(() => details?.key.map(({ name }) => name) ?? [], [details]);
  const shown = useMemo(() => overlay.over(items.rows, changes, keyNames), [overlay, items.rows, changes, keyNames]);
  const { isOver, safety } = useSession();
  useEffect(() => {
    if (!isOver) void stage.load();
  }, [stage, isOver]);
  useShortcut({ key: 's', with: 'command' }, () => setReviewing(changes.length > 0));

  /** The item as it is in the table now: what an index or a projection shows of it may be a part. */
  async function whole(row: ItemRow): Promise<string | undefined> {
    const { request } = items;
    const mark = shown.marks.get(row);
    if (mark) return mark.change.kind === 'insert' ? mark.change.item : mark.change.base;
    if (request?.index === undefined && request?.projection.length === 0) return row.text;
    try {
      const key = keyNames.map((name) => ({
        kind: 'condition' as const,
        path: [name],
        of: 'value' as const,
        operator: '=' as const,
        values: [writeValue(row.value(name)!)],
      }));
      const page = await client.read('tables.readPage', {
        ...where,
        table,
        readId: newId(),
        request: { ...wholeTable(), operation: 'GetItem', key, consistent: true },
      });
      if (page.items[0] === undefined) toast({ title: 'The item is not in the table any more', tone: 'bad' });
      return page.items[0];
    } catch (error) {
      toastError(error);
      return undefined;
    }
  }

  return {
    ...shown,
    edited,
    isReviewing,
    canEdit: keyNames.length > 0 && safety.heldBy === undefined,
    async edit(row) {
      const mark = shown.marks.get(row);
      if (mark?.change.kind === 'delete') return;
      const base = await whole(row);
      if (base !== undefined) setEdited({ first: mark ? row.item : parseItem(base), isNew: false, base });
    },
    async duplicate(row) {
      const base = await whole(row);
      if (base !== undefined) setEdited({ first: shown.marks.has(row) ? row.item : parseItem(base), isNew: true });
    },
    create() {
      if (!details) return;
      const empty = details.key.map(({ name, type }) => [name, emptyKeyValue(type)] as const);
      setEdited({ first: new Map(empty), isNew: true });
    },
    async remove(rows) {
      const bases: string[] = [];
      for (const row of rows) {
        const base = await whole(row);
        if (base !== undefined) bases.push(base);
      }
      if (bases.length === 0) return;
      stage.change((all) => bases.reduce((left, base) => withDelete(left, { id: newId(), base }, keyNames), [...all]));
    },
    stageEdit(item) {
      if (!edited) return;
      const { base } = edited;
      const id = newId();
      const identity = identityOf(item, keyNames);
      const isTaken = changes.some((one) => one.kind === 'insert' && identityOfChange(one, keyNames) === identity);
      if (base === undefined && isTaken) {
        toast({ title: 'A new item with this key is staged already', tone: 'bad' });
        return;
      }
      stage.change((all) =>
        base === undefined
          ? [...all, { kind: 'insert', id, item: writeItem(item) }]
          : withEdit(all, { id, base, item }, keyNames),
      );
      setEdited(undefined);
    },
    cancelEdit: () => setEdited(undefined),
    async stageValue(row, name, value) {
      const mark = shown.marks.get(row);
      if (!details) return undefined;
      if (mark?.change.kind === 'delete') return 'This item is to be deleted.';
      const base = await whole(row);
      if (base === undefined) return 'The item could not be read from the table.';
      const current = mark ? row.item : parseItem(base);
      const [was, seen] = [current.get(name), row.value(name)];
      if (was === undefined ? seen !== undefined : !sameValue(was, seen)) {
        // A row of an index may be behind its table: nobody edits what they have not seen.
        setEdited({ first: current, isNew: false, base });
        toast({ title: `${name} has another value in the table by now`, tone: 'bad' });
        return undefined;
      }
      if (sameValue(was, value)) return undefined;
      const item = new Map(current).set(name, value);
      const [problem] = itemProblems(item, details);
      if (problem) return problem.message;
      stage.change((all) => withEdit(all, { id: newId(), base, item }, keyNames));
      return undefined;
    },
    review: setReviewing,
    onWritten(written) {
      const byIdentity = new Map(written.map((change) => [identityOfChange(change, keyNames), change]));
      const inserted = written.filter((change) => change.kind === 'insert').map(({ item }) => item);
      reading.update((row) => {
        const change = byIdentity.get(identityOf(row.pick(keyNames), keyNames));
        if (!change || change.kind === 'insert') return row;
        return change.kind === 'delete' ? undefined : new ItemRow(change.item);
      }, inserted);
    },
  };
}

/** Where a new item's key begins. */
function emptyKeyValue(type: KeyAttribute['type']): AttributeValue {
  if (type === 'B') return { type, base64: '' };
  return { type: type === 'N' ? 'N' : 'S', text: '' };
}
