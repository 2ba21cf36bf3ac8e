import { useMemo, useState } from 'react';
import type { AttributeValue } from '../../../src-shared/values/attribute-value.ts';
import { binarySize, formatBytes, hexPreview, textPreview } from '../../../src-shared/values/binary.ts';
import { plainValue } from '../../../src-shared/values/plain-json.ts';
import { prettyJson } from '../../../src-shared/values/pretty-json.ts';
import { valueSize } from '../../../src-shared/values/size.ts';
import { type AssumedTime, assumedTime } from '../../../src-shared/values/times.ts';
import { clipboardText, writeItem, writeValue } from '../../../src-shared/values/write-value.ts';
import { Chip } from '../../ui/chip.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { formatMoment } from '../shared/format.ts';
import { ExpiryLine } from './expiry-line.tsx';
import { JsonView } from './inspector/json-view.tsx';
import { useLines } from './inspector/use-lines.ts';
import { ItemRow } from './item-row.ts';

export interface ValueViewerProps {
  name: string;
  value: AttributeValue;
  /** Whether the table's time to live goes by it. */
  isExpiry?: boolean;
  onClose: () => void;
}

/** One value, whole: as what it is, and as what it may stand for. */
export function ValueViewer({ name, value, isExpiry = false, onClose }: ValueViewerProps) {
  const views = viewsOf(value);
  const [chosen, choose] = useState(views[0]?.id ?? '');
  const view = views.find(({ id }) => id === chosen) ?? views[0]!;
  const time = assumedTime(value);
  return (
    <Dialog open onClose={onClose} width="lg" title={name === '' ? '""' : name}>
      <div className="flex items-center gap-2">
        <Chip>{value.type}</Chip>
        <span className="text-faint text-sm">{formatBytes(valueSize(value))}</span>
        {views.length > 1 && (
          <Segmented
            label="Shown as"
            value={view.id}
            onChange={choose}
            options={views.map(({ id, label }) => ({ value: id, label }))}
          />
        )}
        <span className="flex-1" />
        <CopyButton text={view.text} label={`Copy ${name}`} caption="Copy" />
      </div>
      {isExpiry && <ExpiryLine name={name} value={value} />}
      {time && <p className="text-muted text-sm">{timeWords(time)}</p>}
      {view.id === 'tree' ? (
        <div className="flex h-[50vh] min-h-0 flex-col rounded-lg bg-sunken">
          <Tree name={name} value={value} />
        </div>
      ) : (
        <div className="min-h-0 max-h-[60vh] overflow-auto rounded-lg bg-sunken [&_pre]:whitespace-pre-wrap [&_pre]:[overflow-wrap:anywhere]">
          <CodeBlock>{view.text === '' ? '(empty)' : view.text}</CodeBlock>
        </div>
      )}
    </Dialog>
  );
}

/** What a time is, and that it is a guess. */
export function timeWords({ at, as }: AssumedTime): string {
  const iso = new Date(at).toISOString();
  return as === 'ISO 8601'
    ? `Assumed a time in ISO 8601: ${formatMoment(at)} your time`
    : `Assumed ${as} since 1970: ${iso}, ${formatMoment(at)} your time`;
}

/** What is nested, as lines that fold. */
function Tree({ name, value }: { name: string; value: AttributeValue }) {
  const row = useMemo(() => new ItemRow(writeItem(new Map([[name, value]]))), [name, value]);
  const control = useLines(row.text, noKey, 'json');
  return <JsonView control={control} row={row} label="Tree" />;
}

const noKey: readonly string[] = [];

interface View {
  id: string;
  label: string;
  text: string;
}

function viewsOf(value: AttributeValue): View[] {
  switch (value.type) {
    case 'S': {
      const json = indented(value.text);
      return [
        { id: 'text', label: 'Text', text: value.text },
        ...(json === undefined ? [] : [{ id: 'json', label: 'JSON inside', text: json }]),
      ];
    }
    case 'B': {
      const size = binarySize(value.base64);
      const text = textPreview(value.base64, size);
      return [
        ...(text === undefined ? [] : [{ id: 'text', label: 'Text', text }]),
        { id: 'hex', label: 'Hex', text: hexPreview(value.base64, size) },
        { id: 'base64', label: 'Base64', text: value.base64 },
      ];
    }
    case 'N':
    case 'BOOL':
    case 'NULL':
      return [{ id: 'text', label: 'Text', text: clipboardText(value) }];
    default:
      return [
        { id: 'tree', label: 'Tree', text: plainValue(value) },
        { id: 'json', label: 'JSON', text: plainValue(value) },
        { id: 'dynamodb', label: 'DynamoDB JSON', text: writeValue(value) },
      ];
  }
}

/** A text that is a JSON object or list, laid out: every digit, name and escape as it stands in the text. */
function indented(text: string): string | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return prettyJson(text);
  } catch {
    return undefined;
  }
}
