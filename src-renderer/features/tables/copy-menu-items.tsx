import { copyText as toClipboard } from '../../ui/clipboard.ts';
import { MenuGroup, MenuItem } from '../../ui/menu.tsx';
import { toast } from '../../ui/toast.ts';
import { plural } from '../shared/format.ts';
import { type CopiedFrom, copyFormats, copyText } from './copy-as.ts';
import type { ItemRow } from './item-row.ts';

export interface CopyMenuItemsProps {
  rows: readonly ItemRow[];
  from: CopiedFrom;
}

/** The ways to copy some items. */
export function CopyMenuItems({ rows, from }: CopyMenuItemsProps) {
  return (
    <MenuGroup label={rows.length === 1 ? 'Copy the item as' : `Copy ${plural(rows.length, 'item')} as`}>
      {copyFormats.map(({ id, label }) => (
        <MenuItem
          key={id}
          onSelect={() => void copy(copyText(id, rows, from), `${plural(rows.length, 'item')} as ${label}`)}
        >
          {label}
        </MenuItem>
      ))}
    </MenuGroup>
  );
}

/** Copies and says so, or that it could not. */
export async function copy(text: string, what: string): Promise<void> {
  if (await toClipboard(text)) toast({ title: `Copied ${what}` });
  else toast({ title: 'The clipboard could not be written', tone: 'bad' });
}
