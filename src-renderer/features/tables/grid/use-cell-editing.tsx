import { useState } from 'react';
import type { AttributeValue } from '../../../../src-shared/values/attribute-value.ts';
import type { ItemRow } from '../item-row.ts';
import { type AfterCell, CellEditor, isEditedInCell } from './cell-editor.tsx';
import type { GridCell } from './grid.tsx';

/** What editing in cells needs. */
export interface CellEditingOptions {
  rows: readonly ItemRow[];
  keyNames: readonly string[];
  stage: ((cell: GridCell, value: AttributeValue) => Promise<string | undefined>) | undefined;
  /** Edits the whole item: what is no one-line value, and keys, whose change moves the item. */
  onForm: (row: ItemRow) => void;
  onClose: (after: AfterCell) => void;
}

const sampledRows = 40;

/** The cell that is being edited in its place, if one is. */
export function useCellEditing({ rows, keyNames, stage, onForm, onClose }: CellEditingOptions) {
  const [edited, setEdited] = useState<GridCell & { typed: string | undefined }>();
  return {
    /** @param typed what was typed on the cell, which takes the place of its text */
    begin({ row, name }: GridCell, typed?: string): void {
      if (!stage) return;
      if (keyNames.includes(name) || !isEditedInCell(row.value(name))) onForm(row);
      else setEdited({ row, name, typed });
    },
    /** What a row has to know of it. */
    of(row: ItemRow) {
      if (!stage || edited?.row !== row) return undefined;
      const { name, typed } = edited;
      const editor = (
        <CellEditor
          name={name}
          value={row.value(name) ?? likelyValue(rows, name)}
          typed={typed}
          onStage={(value) => stage({ row, name }, value)}
          onClose={(after) => {
            setEdited(undefined);
            onClose(after);
          }}
        />
      );
      return { name, editor };
    },
  };
}

/** What an attribute that an item does not have would be: empty, of the type that it has in other items. */
function likelyValue(rows: readonly ItemRow[], name: string): AttributeValue {
  for (const row of rows.slice(0, sampledRows)) {
    const type = row.value(name)?.type;
    if (type === 'N') return { type, text: '' };
    if (type === 'BOOL') return { type, value: false };
  }
  return { type: 'S', text: '' };
}
