import type { KeyAttribute } from '../../../../src-shared/contracts/tables.ts';
import type { KeyDraft, KeyOperator } from '../../../../src-shared/reading/criteria.ts';
import { cx } from '../../../ui/cx.ts';
import { Select } from '../../../ui/select.tsx';
import { keyOperatorOptions } from './operators.ts';

export interface KeyFieldProps {
  attribute: KeyAttribute;
  draft: KeyDraft;
  onChange: (draft: KeyDraft) => void;
  problem: string | undefined;
}

const hints = { S: 'text', N: 'number', B: 'base64', '?': 'text' } as const;

/** One attribute of the key: a partition key takes `=` only, a sort key what can narrow a read. */
export function KeyField({ attribute, draft, onChange, problem }: KeyFieldProps) {
  const { name, type, role } = attribute;
  const setValue = (place: number, value: string) => {
    const values = [draft.values[0] ?? '', draft.values[1] ?? ''];
    values[place] = value;
    onChange({ ...draft, values });
  };
  const field = (place: 0 | 1, label: string) => (
    <input
      type="text"
      spellCheck={false}
      autoComplete="off"
      aria-label={label}
      aria-invalid={problem !== undefined}
      placeholder={hints[type]}
      value={draft.values[place] ?? ''}
      onChange={(event) => setValue(place, event.target.value)}
      className="h-full w-34 min-w-16 bg-transparent px-2 text-sm outline-none placeholder:text-faint"
    />
  );
  return (
    <fieldset
      title={problem}
      className={cx(
        'flex h-7 min-w-0 items-center rounded-md bg-surface ring-1 ring-inset focus-within:ring-2 focus-within:ring-focus',
        problem === undefined ? 'ring-line-strong' : 'ring-bad',
      )}
    >
      <legend className="sr-only">{role === 'HASH' ? `Partition key ${name}` : `Sort key ${name}`}</legend>
      <span
        className="flex h-full max-w-44 items-center gap-1.5 border-line border-r px-2 text-sm"
        title={role === 'HASH' ? 'Partition key' : 'Sort key'}
      >
        <span className="truncate font-medium">{name}</span>
        <span className="font-mono text-2xs text-code-type">{type}</span>
      </span>
      {role === 'HASH' ? (
        <span className="pl-2 text-muted text-sm" aria-hidden="true">
          =
        </span>
      ) : (
        <Select
          size="sm"
          label={`Comparison of ${name}`}
          placeholder="="
          value={draft.operator}
          onChange={(operator) => onChange({ ...draft, operator: operator as KeyOperator })}
          options={keyOperatorOptions(type)}
          className="shrink-0 ring-0! bg-transparent"
        />
      )}
      {field(0, name)}
      {role === 'RANGE' && draft.operator === 'between' && (
        <>
          <span className="text-faint text-sm">and</span>
          {field(1, `${name}, upper end`)}
        </>
      )}
    </fieldset>
  );
}
