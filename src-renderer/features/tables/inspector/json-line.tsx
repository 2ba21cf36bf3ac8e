import { ChevronDown, ChevronRight } from 'lucide-react';
import { clipboardText } from '../../../../src-shared/values/write-value.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { formatCount, plural } from '../../shared/format.ts';
import type { ItemRow } from '../item-row.ts';
import type { Token } from './json-lines.ts';
import type { LinesControl } from './use-lines.ts';
import type { VisibleLine } from './visible-lines.ts';

const colours: Record<Token['kind'], string> = {
  punctuation: 'text-faint',
  name: 'text-code-name',
  type: 'text-code-type',
  string: 'text-code-string',
  number: 'text-code-number',
  word: 'text-code-word',
};

const indent = 14;
const gutter = 22;

export interface JsonLineProps {
  line: VisibleLine;
  control: LinesControl;
  row: ItemRow;
}

/** One line: folded or open, cut or whole, with a button to copy the attribute that begins on it. */
export function JsonLine({ line, control, row }: JsonLineProps) {
  const { attribute } = line;
  const value = attribute === undefined ? undefined : row.value(attribute);
  return (
    <div className="group relative pr-8 hover:bg-hover" style={{ paddingLeft: gutter + line.depth * indent }}>
      {line.fold && <FoldButton line={line} onToggle={() => control.toggleFold(line.index)} />}
      <div className="whitespace-pre-wrap [overflow-wrap:anywhere]">
        {line.tokens.map(({ kind, text }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: tokens have no identity and never move.
          <span key={index} className={colours[kind]}>
            {text}
          </span>
        ))}
        {line.hidden !== undefined && <span className="ml-2 text-faint">{plural(line.hidden, 'line')} folded</span>}
        {line.note !== undefined && <span className="ml-2 text-faint italic">{line.note}</span>}
        {line.cut !== undefined && (
          <button
            type="button"
            onClick={() => control.expand(line.index)}
            className="ml-1 rounded-sm bg-accent-soft px-1.5 font-sans text-accent-text text-xs hover:underline"
          >
            … show {formatCount(line.cut)} more characters
          </button>
        )}
      </div>
      {value && (
        <CopyButton
          text={() => clipboardText(value)}
          label={`Copy the value of ${attribute}`}
          className="absolute top-0 right-1.5 h-5 w-5 opacity-0 focus-visible:opacity-100 group-hover:opacity-100"
        />
      )}
    </div>
  );
}

function FoldButton({ line, onToggle }: { line: VisibleLine; onToggle: () => void }) {
  const isFolded = line.fold === 'folded';
  const Icon = isFolded ? ChevronRight : ChevronDown;
  return (
    <button
      type="button"
      aria-label={isFolded ? 'Unfold' : 'Fold'}
      aria-expanded={!isFolded}
      onClick={onToggle}
      className="absolute top-0.5 flex size-4 -translate-x-4.5 items-center justify-center rounded-sm text-faint hover:bg-pressed hover:text-text"
    >
      <Icon size={12} aria-hidden="true" />
    </button>
  );
}
