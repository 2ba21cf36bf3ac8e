import { ArrowDown, ArrowUp, Columns3 } from 'lucide-react';
import { useState } from 'react';
import { useColumnArrangement } from '../../../state/column-layouts.ts';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Popover } from '../../../ui/popover.tsx';
import { SearchInput } from '../../../ui/text-input.tsx';
import { hasWords, wordsOf } from '../../../ui/words.ts';
import { arrangeable, movedColumn } from './arrange-columns.ts';

export interface ColumnsMenuProps {
  tableKey: string;
  keyNames: readonly string[];
  names: readonly string[];
}

/** Which columns are shown, and in which order. It is remembered for the table. */
export function ColumnsMenu({ tableKey, keyNames, names }: ColumnsMenuProps) {
  const [isOpen, setOpen] = useState(false);
  const [search, setSearch] = useState('');
  const [arrangement, arrange] = useColumnArrangement(tableKey);
  const { order, hidden } = arrangement;
  const all = arrangeable(keyNames, names, order);
  const hiddenHere = all.filter((name) => hidden.includes(name));
  const words = wordsOf(search);
  const found = all.filter((name) => hasWords(name, words));
  const show = (shown: readonly string[], isShown: boolean) => {
    const others = hidden.filter((name) => !shown.includes(name));
    arrange({ order, hidden: isShown ? others : [...others, ...shown] });
  };
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      label="Columns"
      align="end"
      className="w-76"
      trigger={
        <Button size="sm" variant="ghost" icon={Columns3}>
          Columns{hiddenHere.length > 0 && ` (${hiddenHere.length} hidden)`}
        </Button>
      }
    >
      <div className="flex flex-col gap-2 p-2.5">
        <SearchInput
          aria-label="Search columns"
          placeholder="Search columns"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <div className="flex gap-1">
          <Button size="sm" variant="ghost" onClick={() => show(found, true)}>
            Show {words.length > 0 ? 'these' : 'all'}
          </Button>
          <Button size="sm" variant="ghost" onClick={() => show(found, false)}>
            Hide {words.length > 0 ? 'these' : 'all'}
          </Button>
          <span className="flex-1" />
          <Button size="sm" variant="ghost" onClick={() => arrange({ order: [], hidden: [] })}>
            Reset
          </Button>
        </div>
      </div>
      <ul className="min-h-0 flex-1 overflow-y-auto px-2.5 pb-2.5">
        {found.map((name) => (
          <li key={name} className="flex h-7.5 items-center gap-1 rounded-md px-1 hover:bg-hover">
            <span className="min-w-0 flex-1 truncate">
              <Checkbox checked={!hidden.includes(name)} onChange={(isShown) => show([name], isShown)}>
                {name === '' ? '""' : name}
              </Checkbox>
            </span>
            <IconButton
              size="sm"
              icon={ArrowUp}
              label={`Move ${name} to the left`}
              onClick={() => arrange({ hidden, order: movedColumn(all, name, -1) })}
            />
            <IconButton
              size="sm"
              icon={ArrowDown}
              label={`Move ${name} to the right`}
              onClick={() => arrange({ hidden, order: movedColumn(all, name, 1) })}
            />
          </li>
        ))}
        {found.length === 0 && <li className="px-1 text-muted">No column matches.</li>}
      </ul>
    </Popover>
  );
}
