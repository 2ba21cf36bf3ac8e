import { X } from 'lucide-react';
import { useState } from 'react';
import type { StagedChange } from '../../../src-shared/contracts/staging.ts';
import { Chip } from '../../ui/chip.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { formatMoment } from '../shared/format.ts';
import { ChangeDiff } from '../tables/editing/change-diff.tsx';
import { ItemPanel } from '../tables/inspector/item-panel.tsx';
import { JsonView } from '../tables/inspector/json-view.tsx';
import { useLines } from '../tables/inspector/use-lines.ts';
import type { ItemRow } from '../tables/item-row.ts';
import type { TailEvent } from './stream-tail.ts';
import { kindWords } from './words.ts';

export interface StreamEventPanelProps {
  row: TailEvent;
  keyNames: readonly string[];
  onClose: () => void;
}

type View = 'diff' | 'new' | 'old' | 'keys';
const viewLabels = { diff: 'Changes', new: 'New image', old: 'Old image', keys: 'Keys' } as const;

/** One change: what it changed, and the item as it was and as it became, as far as the stream holds them. */
export function StreamEventPanel({ row, keyNames, onClose }: StreamEventPanelProps) {
  const { event, oldImage, newImage } = row;
  const change = asChange(row);
  const views: View[] = [
    ...(change ? (['diff'] as const) : []),
    ...(newImage ? (['new'] as const) : []),
    ...(oldImage ? (['old'] as const) : []),
    'keys',
  ];
  const [wanted, setWanted] = useState<View>('diff');
  const view = views.includes(wanted) ? wanted : (views[0] ?? 'keys');
  const image = { diff: undefined, new: newImage, old: oldImage, keys: row.keys }[view];
  const { word, tone } = kindWords(event);
  return (
    <ItemPanel label="Change" onEscape={onClose}>
      <header className="flex h-8 shrink-0 items-center gap-2 border-line-strong border-b bg-canvas pr-1.5 pl-3">
        <Chip tone={tone}>{word}</Chip>
        <p className="min-w-0 flex-1 truncate text-sm">about {formatMoment(event.at)}</p>
        <IconButton size="sm" icon={X} label="Close (Esc)" onClick={onClose} />
      </header>
      <div className="flex h-9 shrink-0 items-center border-line border-b px-2">
        <Segmented
          label="Shown as"
          value={view}
          onChange={setWanted}
          options={views.map((value) => ({ value, label: viewLabels[value] }))}
        />
      </div>
      {image ? (
        <Image key={image.text} image={image} keyNames={keyNames} label={viewLabels[view]} />
      ) : (
        <div className="min-h-0 flex-1 overflow-auto py-1">
          {change && <ChangeDiff change={change} keyNames={keyNames} />}
        </div>
      )}
    </ItemPanel>
  );
}

function Image({ image, keyNames, label }: { image: ItemRow; keyNames: readonly string[]; label: string }) {
  const control = useLines(image.text, keyNames, 'dynamodb');
  return (
    <>
      <JsonView control={control} row={image} label={label} />
      <footer className="flex h-9 shrink-0 items-center justify-end border-line border-t bg-canvas px-2">
        <CopyButton text={image.text} label={`Copy: ${label}`} caption="Copy" />
      </footer>
    </>
  );
}

/** The change as the editing knows changes; undefined where the stream does not hold enough of it. */
function asChange({ event: { kind, id, oldImage: base, newImage: item } }: TailEvent): StagedChange | undefined {
  if (kind === 'INSERT') return item === undefined ? undefined : { kind: 'insert', id, item };
  if (kind === 'REMOVE') return base === undefined ? undefined : { kind: 'delete', id, base };
  return base === undefined || item === undefined ? undefined : { kind: 'edit', id, base, item };
}
