import { FoldVertical, Pencil, UnfoldVertical, X } from 'lucide-react';
import { formatBytes } from '../../../../src-shared/values/binary.ts';
import { plainJson } from '../../../../src-shared/values/plain-json.ts';
import { preview } from '../../../../src-shared/values/preview.ts';
import { itemSize } from '../../../../src-shared/values/size.ts';
import { usePreference } from '../../../state/preferences.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { plural } from '../../shared/format.ts';
import { ExpiryLine } from '../expiry-line.tsx';
import type { ItemRow } from '../item-row.ts';
import { ItemPanel } from './item-panel.tsx';
import { JsonView } from './json-view.tsx';
import { useLines } from './use-lines.ts';

export interface InspectorProps {
  row: ItemRow;
  /** The attributes of the table's key, which name the item. */
  keyNames: readonly string[];
  /** The attribute that the table's time to live goes by, where that is known. */
  expiresBy?: string | undefined;
  /** Edits it; undefined where that cannot be. */
  onEdit: (() => void) | undefined;
  onClose: () => void;
}

/** One item whole, in one of its views. */
export function Inspector({ row, keyNames, expiresBy, onEdit, onClose }: InspectorProps) {
  const expiry = expiresBy === undefined ? undefined : row.value(expiresBy);
  const [view, setView] = usePreference('itemView');
  const control = useLines(row.text, keyNames, view);
  return (
    <ItemPanel label="Item" onEscape={onClose}>
      <header className="flex h-8 shrink-0 items-center gap-0.5 border-line-strong border-b bg-canvas pr-1.5 pl-3">
        <p className="min-w-0 flex-1 truncate font-medium" title={titleOf(row, keyNames)}>
          {titleOf(row, keyNames)}
        </p>
        {onEdit && <IconButton size="sm" icon={Pencil} label="Edit the item (F2)" onClick={onEdit} />}
        {control.canFold && (
          <>
            <IconButton size="sm" icon={FoldVertical} label="Fold all" onClick={control.foldAll} />
            <IconButton size="sm" icon={UnfoldVertical} label="Unfold all" onClick={control.unfoldAll} />
          </>
        )}
        <IconButton size="sm" icon={X} label="Close (Esc)" onClick={onClose} />
      </header>
      <div className="flex h-9 shrink-0 items-center border-line border-b px-2">
        <Segmented
          label="Shown as"
          value={view}
          onChange={setView}
          options={[
            { value: 'dynamodb', label: 'DynamoDB JSON' },
            { value: 'json', label: 'JSON' },
          ]}
        />
      </div>
      {expiry && expiresBy !== undefined && (
        <div className="shrink-0 border-line border-b px-3 py-1.5">
          <ExpiryLine name={expiresBy} value={expiry} />
        </div>
      )}
      <JsonView control={control} row={row} label={view === 'json' ? 'JSON' : 'DynamoDB JSON'} />
      <footer className="flex h-9 shrink-0 items-center justify-between gap-2 border-line border-t bg-canvas pr-2 pl-3">
        <span className="truncate text-faint text-sm">
          {plural(row.item.size, 'attribute')} · {formatBytes(itemSize(row.item))}
        </span>
        <CopyButton
          text={() => (view === 'json' ? plainJson(row.item, keyNames) : row.text)}
          label={`Copy item as ${view === 'json' ? 'JSON' : 'DynamoDB JSON'}`}
          caption="Copy item"
        />
      </footer>
    </ItemPanel>
  );
}

const titleCharacters = 40;

function titleOf(row: ItemRow, keyNames: readonly string[]): string {
  const values = keyNames.map((name) => row.value(name)).filter((value) => value !== undefined);
  return values.length === 0 ? 'Item' : values.map((value) => preview(value, titleCharacters)).join(' / ');
}
