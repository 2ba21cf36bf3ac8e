import { Check, CornerDownLeft, MapPin } from 'lucide-react';
import { useState } from 'react';
import { cx } from '../../ui/cx.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Highlight } from '../../ui/highlight.tsx';
import { SearchInput } from '../../ui/text-input.tsx';
import { useListNavigation } from '../../ui/use-list-navigation.ts';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { type RegionChoice, regionChoices } from './region-choices.ts';

export interface RegionListProps {
  partition: string;
  current: string;
  onChoose: (region: string) => void;
}

/** The regions of a partition, to search and to choose from; a name that is not among them can be typed. */
export function RegionList({ partition, current, onChoose }: RegionListProps) {
  const [search, setSearch] = useState('');
  const choices = regionChoices(partition, search);
  const navigation = useListNavigation(choices.length, search, (index) => {
    const choice = choices[index];
    if (choice) onChoose(choice.region);
  });
  return (
    <>
      <SearchInput
        autoFocus
        aria-label="Search regions"
        placeholder="Search, or type a region's name"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        className="mb-1.5"
        {...navigation.inputProps}
      />
      {choices.length === 0 ? (
        <EmptyState compact icon={MapPin} title={`No region matches “${search}”`}>
          A region name looks like eu-west-1.
        </EmptyState>
      ) : (
        <VirtualList
          label="Regions"
          rows={choices}
          rowHeight={30}
          navigation={navigation}
          rowKey={({ region }) => region}
          isSelected={({ region }) => region === current}
          renderRow={(choice, { isActive }) => (
            <RegionRow choice={choice} search={search} isActive={isActive} isCurrent={choice.region === current} />
          )}
        />
      )}
    </>
  );
}

interface RegionRowProps {
  choice: RegionChoice;
  search: string;
  isActive: boolean;
  isCurrent: boolean;
}

function RegionRow({ choice, search, isActive, isCurrent }: RegionRowProps) {
  return (
    <div className={cx('flex h-full items-center gap-2 rounded-md px-2 hover:bg-hover', isActive && 'bg-accent-soft')}>
      <span className="min-w-0 flex-1 truncate font-mono text-sm">
        <Highlight text={choice.region} search={search} />
      </span>
      {!choice.isKnown && (
        <span className="flex items-center gap-1 text-muted text-xs">
          use as typed <CornerDownLeft size={12} aria-hidden="true" />
        </span>
      )}
      {isCurrent && <Check size={14} aria-hidden="true" className="text-accent-text" />}
    </div>
  );
}
