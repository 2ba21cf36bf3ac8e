import { Dialog } from '@base-ui/react/dialog';
import { SearchX } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Place } from '../../state/place.ts';
import { cx } from '../../ui/cx.ts';
import { backdropClass } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { useListNavigation } from '../../ui/use-list-navigation.ts';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { type Command, searchedText } from './commands.ts';
import { fuzzyFilter } from './fuzzy.ts';
import { useCommands } from './use-commands.ts';

const rowHeight = 36;

/** Roles, tables, regions and actions, a few letters away. */
export function Palette({ place, onClose }: { place: Place; onClose: () => void }) {
  return (
    <Dialog.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className={backdropClass} />
        <Dialog.Popup
          aria-label="Go to anything"
          className="fixed top-[12vh] left-1/2 z-50 flex h-105 max-h-[76vh] w-144 max-w-[calc(100vw-2rem)] -translate-x-1/2 flex-col overflow-hidden rounded-xl bg-raised text-text shadow-pop outline-none"
        >
          <Finder place={place} onClose={onClose} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Finder({ place, onClose }: { place: Place; onClose: () => void }) {
  const [search, setSearch] = useState('');
  const commands = useCommands(place);
  const found = useMemo(() => fuzzyFilter(commands, search, searchedText), [commands, search]);
  const navigation = useListNavigation(found.length, search, (index) => {
    onClose();
    found[index]?.run();
  });
  return (
    <>
      <input
        // biome-ignore lint/a11y/noAutofocus: whoever opens the palette wants to type.
        autoFocus
        aria-label="Go to anything"
        placeholder="Go to a role, a table, a region, or do something"
        value={search}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setSearch(event.target.value)}
        className="h-13 shrink-0 border-line border-b bg-transparent px-4.5 text-lg outline-none"
        {...navigation.inputProps}
      />
      {found.length === 0 ? (
        <EmptyState compact icon={SearchX} title={`Nothing matches “${search}”`} />
      ) : (
        <VirtualList
          label="Found"
          rows={found}
          rowHeight={rowHeight}
          navigation={navigation}
          rowKey={({ id }) => id}
          className="p-1.5"
          renderRow={(command, { isActive }) => <CommandRow command={command} isActive={isActive} />}
        />
      )}
      <footer className="flex h-9 shrink-0 items-center gap-4 border-line border-t px-4 text-faint text-xs">
        <span className="flex items-center gap-1.5">
          <Kbd>↑</Kbd>
          <Kbd>↓</Kbd> choose
        </span>
        <span className="flex items-center gap-1.5">
          <Kbd>↵</Kbd> go
        </span>
        <span className="flex items-center gap-1.5">
          <Kbd>Esc</Kbd> close
        </span>
      </footer>
    </>
  );
}

function CommandRow({ command, isActive }: { command: Command; isActive: boolean }) {
  const { icon: Icon, label, detail, kind } = command;
  return (
    <div
      className={cx('flex h-full items-center gap-3 rounded-md px-3', isActive ? 'bg-accent-soft' : 'hover:bg-hover')}
    >
      <Icon size={15} aria-hidden="true" className={cx('shrink-0', isActive ? 'text-accent-text' : 'text-muted')} />
      <span className="min-w-0 truncate font-medium">{label}</span>
      {detail !== undefined && <span className="min-w-0 truncate text-muted text-sm">{detail}</span>}
      <span className="ml-auto shrink-0 text-muted text-sm">{kind}</span>
    </div>
  );
}
