import { FilePlus2, FileText, Plus } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { ResourceInfo } from '../../../../src-shared/contracts/admin-api.ts';
import { useAppState } from '../../../bridge/react.tsx';
import { Button } from '../../../ui/button.tsx';
import { Chip } from '../../../ui/chip.tsx';
import { cx } from '../../../ui/cx.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Menu, MenuItem } from '../../../ui/menu.tsx';
import { SearchInput } from '../../../ui/text-input.tsx';
import { useListNavigation } from '../../../ui/use-list-navigation.ts';
import { VirtualList } from '../../../ui/virtual-list.tsx';
import { useRights } from '../../shared/use-rights.ts';
import { Loaded, Section, type SectionProps } from '../section.tsx';
import { nameOf, useResources } from '../use-resources.ts';
import { claimDrafts, draftStore } from './drafts.ts';
import { ResourceEditor } from './resource-editor.tsx';
import { skeletons } from './resource-yaml.ts';

export interface ResourceBrowserProps extends Pick<SectionProps, 'title' | 'about'> {
  kinds: readonly string[];
  /** What stands where there is none. */
  empty: string;
}

/** What is open: a resource that is there, or a new one. */
type Chosen = { kind: string; name: string } | { kind: string; name?: undefined };

const keyOf = ({ kind, name }: Chosen) => `${kind}/${name ?? ''}`;
const refOf = (info: ResourceInfo): Chosen => ({ kind: info.document.kind, name: nameOf(info) });

/** Resources of some kinds: the list on the left, the YAML of the chosen one on the right. */
export function ResourceBrowser({ title, about, kinds, empty }: ResourceBrowserProps) {
  const rights = useRights();
  const listed = kinds.filter((kind) => rights.may(kind, 'list') && rights.may(kind, 'readnosecrets'));
  const resources = useResources(listed);
  const [chosen, setChosen] = useState<Chosen>();
  const owner = useAppState(({ way, cluster, user }) => JSON.stringify([way, cluster, user?.name]));
  claimDrafts(owner);
  const creatable = kinds.filter((kind) => rights.may(kind, 'create') && skeletons[kind] !== undefined);
  return (
    <Section
      title={title}
      about={about}
      actions={creatable.length > 0 && <NewButton kinds={creatable} onChoose={(kind) => setChosen({ kind })} />}
    >
      <Loaded query={resources}>
        {(all) => (
          <div className="flex min-h-0 flex-1 overflow-hidden rounded-lg ring-1 ring-line ring-inset">
            <ResourceList kinds={kinds} all={all} chosen={chosen} onChoose={setChosen} empty={empty} />
            <Opened all={all} chosen={chosen} onChoose={setChosen} canMake={creatable.length > 0} />
          </div>
        )}
      </Loaded>
    </Section>
  );
}

function NewButton({ kinds, onChoose }: { kinds: readonly string[]; onChoose: (kind: string) => void }) {
  const [first, second] = kinds;
  if (first !== undefined && second === undefined) {
    return (
      <Button variant="primary" icon={Plus} onClick={() => onChoose(first)}>
        New {first}
      </Button>
    );
  }
  return (
    <Menu
      align="end"
      trigger={
        <Button variant="primary" icon={Plus}>
          New
        </Button>
      }
    >
      {kinds.map((kind) => (
        <MenuItem key={kind} icon={FilePlus2} onSelect={() => onChoose(kind)}>
          {kind}
        </MenuItem>
      ))}
    </Menu>
  );
}

interface ResourceListProps {
  kinds: readonly string[];
  all: readonly ResourceInfo[];
  chosen: Chosen | undefined;
  onChoose: (chosen: Chosen) => void;
  empty: string;
}

function ResourceList({ kinds, all, chosen, onChoose, empty }: ResourceListProps) {
  const showsKind = kinds.length > 1;
  const [search, setSearch] = useState('');
  const drafts = useStore(draftStore, (state) => state.drafts);
  const found = useMemo(
    () => all.filter((info) => keyOf(refOf(info)).toLowerCase().includes(search.toLowerCase())),
    [all, search],
  );
  const navigation = useListNavigation(found.length, search, (index) => {
    const info = found[index];
    if (info) onChoose(refOf(info));
  });
  return (
    <div className="flex w-60 shrink-0 flex-col border-line border-r bg-canvas p-2">
      <SearchInput
        aria-label="Search resources"
        placeholder="Search"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        className="mb-2"
        {...navigation.inputProps}
      />
      <LooseDrafts kinds={kinds} all={all} drafts={drafts} chosen={chosen} onChoose={onChoose} />
      {found.length === 0 ? (
        <p className="px-2 py-4 text-center text-muted text-sm">{all.length === 0 ? empty : 'Nothing matches.'}</p>
      ) : (
        <VirtualList
          label="Resources"
          rows={found}
          rowHeight={32}
          navigation={navigation}
          rowKey={(info) => keyOf(refOf(info))}
          isSelected={(info) => chosen !== undefined && keyOf(refOf(info)) === keyOf(chosen)}
          renderRow={(info, { isActive }) => {
            const isChosen = chosen !== undefined && keyOf(refOf(info)) === keyOf(chosen);
            return (
              <div
                className={cx(
                  'flex h-full items-center gap-2 rounded-md px-2 hover:bg-hover',
                  isChosen && 'bg-pressed font-medium',
                  isActive && !isChosen && search !== '' && 'bg-hover',
                )}
              >
                <span className="min-w-0 flex-1 truncate">{nameOf(info)}</span>
                {drafts[keyOf(refOf(info))] && (
                  <span title="Not saved" className="size-1.5 shrink-0 rounded-full bg-warn">
                    <span className="sr-only">not saved</span>
                  </span>
                )}
                {showsKind && <Chip>{info.document.kind}</Chip>}
              </div>
            );
          }}
        />
      )}
    </div>
  );
}

interface LooseDraftsProps extends Pick<ResourceListProps, 'kinds' | 'all' | 'chosen' | 'onChoose'> {
  drafts: Readonly<Record<string, unknown>>;
}

/** What is written and not saved of resources that are not there: new ones, and some that others have removed. */
function LooseDrafts({ kinds, all, drafts, chosen, onChoose }: LooseDraftsProps) {
  const there = new Set(all.map((info) => keyOf(refOf(info))));
  const loose = Object.keys(drafts).flatMap((key): Chosen[] => {
    const kind = key.slice(0, key.indexOf('/'));
    const name = key.slice(kind.length + 1);
    if (there.has(key) || !kinds.includes(kind)) return [];
    return [name === '' ? { kind } : { kind, name }];
  });
  if (loose.length === 0) return null;
  return (
    <ul aria-label="Not saved" className="mb-2 border-line border-b pb-2">
      {loose.map((one) => (
        <li key={keyOf(one)}>
          <button
            type="button"
            onClick={() => onChoose(one)}
            className={cx(
              'flex h-8 w-full items-center gap-2 rounded-md px-2 text-left hover:bg-hover',
              chosen !== undefined && keyOf(one) === keyOf(chosen) && 'bg-pressed font-medium',
            )}
          >
            <span className="min-w-0 flex-1 truncate">{one.name ?? `New ${one.kind}`}</span>
            <span aria-hidden className="size-1.5 shrink-0 rounded-full bg-warn" />
          </button>
        </li>
      ))}
    </ul>
  );
}

interface OpenedProps {
  all: readonly ResourceInfo[];
  chosen: Chosen | undefined;
  onChoose: (chosen: Chosen | undefined) => void;
  canMake: boolean;
}

function Opened({ all, chosen, onChoose, canMake }: OpenedProps) {
  const info = all.find((one) => chosen && keyOf(refOf(one)) === keyOf(chosen));
  const hasDraft = useStore(draftStore, ({ drafts }) => chosen !== undefined && drafts[keyOf(chosen)] !== undefined);
  // Somebody has removed it. What was written here stays open all the same.
  const isGone = chosen?.name !== undefined && !info && !hasDraft;
  useEffect(() => {
    if (isGone) onChoose(undefined);
  }, [isGone, onChoose]);
  if (!chosen || isGone) {
    return (
      <div className="min-w-0 flex-1">
        <EmptyState icon={FileText} title="Nothing is open">
          {all.length > 0 || !canMake
            ? 'Choose one on the left to read or change it.'
            : 'Make the first one with “New”.'}
        </EmptyState>
      </div>
    );
  }
  const key = keyOf(chosen);
  return (
    <ResourceEditor
      key={key}
      draftKey={key}
      kind={chosen.kind}
      info={info}
      skeleton={skeletons[chosen.kind] ?? ''}
      onSaved={(name) => onChoose(name === undefined ? undefined : { kind: chosen.kind, name })}
    />
  );
}
