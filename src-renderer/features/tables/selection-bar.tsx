import { ArrowDownUp, Copy, Download, ListX, Trash2, X } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { formatCount, plural } from '../shared/format.ts';
import type { CopiedFrom } from './copy-as.ts';
import { CopyMenuItems } from './copy-menu-items.tsx';
import type { LocalSort } from './grid/sort-rows.ts';
import type { ItemRow } from './item-row.ts';

export interface SelectionBarProps {
  selected: readonly ItemRow[];
  onClear: () => void;
  from: CopiedFrom;
  sort: LocalSort | undefined;
  /** How many rows are loaded: those that are sorted. */
  loaded: number;
  onUnsort: () => void;
  onDelete: ((rows: readonly ItemRow[]) => void) | undefined;
  /** Begins a job with them; absent where nothing may be asked any more. */
  onJob?: ((kind: 'export' | 'delete', rows: readonly ItemRow[]) => void) | undefined;
}

/** What has been done to the rows on the screen, and what can be done with those that were picked. */
export function SelectionBar(props: SelectionBarProps) {
  const { selected, onClear, from, sort, loaded, onUnsort, onDelete, onJob } = props;
  if (selected.length === 0 && !sort) return null;
  return (
    <div
      role="toolbar"
      aria-label="Picked rows"
      className="flex h-9 shrink-0 items-center gap-2 border-line border-t bg-accent-soft px-3 text-sm"
    >
      {selected.length > 0 && (
        <>
          <span className="font-medium tabular" aria-live="polite">
            {plural(selected.length, 'row')} picked
          </span>
          <Menu
            trigger={
              <Button size="sm" variant="ghost" icon={Copy}>
                Copy
              </Button>
            }
          >
            <CopyMenuItems rows={selected} from={from} />
          </Menu>
          {onDelete && (
            <Button size="sm" variant="ghost" icon={Trash2} onClick={() => onDelete(selected)}>
              Delete
            </Button>
          )}
          {onJob && (
            <>
              <Button size="sm" variant="ghost" icon={Download} onClick={() => onJob('export', selected)}>
                Export …
              </Button>
              <Button
                size="sm"
                variant="ghost"
                icon={ListX}
                title="Deletes them at once, as a job; Delete puts them among your changes"
                onClick={() => onJob('delete', selected)}
              >
                Delete now …
              </Button>
            </>
          )}
          <IconButton size="sm" icon={X} label="Pick none (Esc)" onClick={onClear} />
        </>
      )}
      <span className="flex-1" />
      {sort && (
        <>
          <ArrowDownUp size={13} aria-hidden="true" className="text-muted" />
          <span className="truncate text-muted">
            Sorted by {sort.name}, {sort.direction}: only the {formatCount(loaded)} loaded rows
          </span>
          <IconButton size="sm" icon={X} label="Back to the order in which they were read" onClick={onUnsort} />
        </>
      )}
    </div>
  );
}
