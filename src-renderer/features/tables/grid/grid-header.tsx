import { ArrowDown, ArrowUp, KeyRound } from 'lucide-react';
import { cx } from '../../../ui/cx.ts';
import { headRole, rowRole } from '../../../ui/roles.ts';
import { Splitter } from '../../../ui/splitter.tsx';
import { narrowestColumn, widestColumn } from './columns.ts';
import { PinnedCells, RowBox } from './grid-row.tsx';
import type { LocalSort } from './sort-rows.ts';
import type { GridLayoutControl } from './use-grid-layout.ts';
import type { DrawnColumn } from './use-grid-windows.ts';

export interface GridHeaderProps {
  height: number;
  pinned: readonly DrawnColumn[];
  free: readonly DrawnColumn[];
  activeColumn: number;
  control: GridLayoutControl;
  sort: LocalSort | undefined;
  isAllSelected: boolean;
}

/** The names of the columns. They stay at the top; their right edges can be dragged, or double-clicked to fit. */
export function GridHeader({ height, pinned, free, activeColumn, control, sort, isAllSelected }: GridHeaderProps) {
  const cell = ({ key, index, column, place }: DrawnColumn) => (
    <div
      key={key}
      data-column={index}
      tabIndex={index === activeColumn ? 0 : -1}
      title={`${column.name}: click to sort the loaded rows`}
      style={place.style}
      className={cx(place.className, 'flex items-center gap-1.5 bg-canvas font-medium text-muted text-sm')}
      {...headRole(index + 2, sort?.name === column.name ? sort.direction : undefined)}
    >
      {column.isKey && <KeyRound size={11} aria-label="key" className="shrink-0 text-accent-text" />}
      <span className="truncate whitespace-pre">{column.name === '' ? '""' : column.name}</span>
      {sort?.name === column.name &&
        (sort.direction === 'ascending' ? (
          <ArrowUp size={12} aria-hidden="true" className="ml-auto shrink-0 text-accent-text" />
        ) : (
          <ArrowDown size={12} aria-hidden="true" className="ml-auto shrink-0 text-accent-text" />
        ))}
      {/* The handle is for the pointer; with the keyboard, Shift and the arrows do it (use-grid-keys.ts). */}
      <Splitter
        label={`Width of ${column.name}`}
        side="right"
        width={column.width}
        min={narrowestColumn}
        max={widestColumn}
        isPointerOnly
        onChange={(width) => control.setWidth(column.name, width)}
        onFit={() => control.fit(column.name)}
      />
    </div>
  );
  return (
    <div
      data-row={-1}
      className="sticky top-0 z-10 flex border-line-strong border-b bg-canvas"
      style={{ height, width: control.layout.totalWidth, minWidth: '100%' }}
      {...rowRole(1)}
    >
      <PinnedCells width={control.layout.pinnedWidth} className="z-2 bg-canvas">
        <RowBox isSelected={isAllSelected} label="Pick all loaded rows" />
        {pinned.map(cell)}
      </PinnedCells>
      {free.map(cell)}
    </div>
  );
}
