import { X } from 'lucide-react';
import type { ConditionDraft, TypedAs } from '../../../../src-shared/reading/criteria.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Select } from '../../../ui/select.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import {
  attributeTypeOptions,
  fromOperatorChoice,
  operatorChoice,
  operatorOptions,
  typeOptions,
  valueNeeds,
} from './operators.ts';

export interface ConditionRowProps {
  condition: ConditionDraft;
  /** Where the names to choose from are (a datalist's id). */
  namesId: string;
  /** The type that values at a path have, as far as something is known of it. */
  typeAt: (path: string) => TypedAs | undefined;
  problem: string | undefined;
  onChange: (changes: Partial<ConditionDraft>) => void;
  onRemove: () => void;
}

/** One condition of the filter. */
export function ConditionRow({ condition, namesId, typeAt, problem, onChange, onRemove }: ConditionRowProps) {
  const { path, operator, type } = condition;
  const { values, hasType } = valueNeeds(condition);
  const setPath = (next: string) => {
    const known = typeAt(next);
    onChange({ path: next, ...(known !== undefined && { type: known }) });
  };
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-1.5">
      <TextInput
        size="sm"
        aria-label="Attribute"
        placeholder="attribute, or a.b[0].c"
        list={namesId}
        value={path}
        aria-invalid={problem !== undefined}
        onChange={(event) => setPath(event.target.value)}
        className="w-44!"
      />
      <Select
        size="sm"
        label="Comparison"
        placeholder="="
        value={operatorChoice(condition)}
        onChange={(choice) => onChange(fromOperatorChoice(choice))}
        options={operatorOptions}
        className="min-w-14"
      />
      {hasType && (
        <Select
          size="sm"
          label="Type of the value"
          placeholder="S"
          value={type}
          onChange={(next) => onChange({ type: next as TypedAs })}
          options={typeOptions}
          className="min-w-14 font-mono"
        />
      )}
      {values > 0 && <ConditionValue condition={condition} place={0} onChange={onChange} />}
      {values > 1 && (
        <>
          <span className="text-faint text-sm">and</span>
          <ConditionValue condition={condition} place={1} onChange={onChange} />
        </>
      )}
      <IconButton
        size="sm"
        icon={X}
        label={`Remove the condition${path === '' ? '' : ` on ${path}`}`}
        onClick={onRemove}
      />
      {problem !== undefined && (
        <p role="alert" className="text-bad text-sm">
          {problem}
        </p>
      )}
      {operator === 'in' && problem === undefined && (
        <span className="text-faint text-sm">separated by commas; "quotes" keep one</span>
      )}
    </div>
  );
}

interface ConditionValueProps {
  condition: ConditionDraft;
  place: 0 | 1;
  onChange: (changes: Partial<ConditionDraft>) => void;
}

function ConditionValue({ condition, place, onChange }: ConditionValueProps) {
  const { of, operator, type, values } = condition;
  const label = place === 0 ? 'Value' : 'Upper end';
  const set = (value: string) => {
    const next = [values[0] ?? '', values[1] ?? ''];
    next[place] = value;
    onChange({ values: next });
  };
  if (operator === 'type') {
    return (
      <Select
        size="sm"
        label="Type"
        placeholder="Choose a type"
        value={values[0] === '' ? undefined : values[0]}
        onChange={set}
        options={attributeTypeOptions}
        className="min-w-28 font-mono"
      />
    );
  }
  if (of === 'value' && type === 'NULL') return <span className="text-muted text-sm">null</span>;
  if (of === 'value' && type === 'BOOL') {
    const options = ['true', 'false'].map((word) => ({ value: word, label: word }));
    return (
      <Select
        size="sm"
        label={label}
        placeholder="true or false"
        value={values[place] === '' ? undefined : values[place]}
        onChange={set}
        options={options}
        className="min-w-28"
      />
    );
  }
  return (
    <TextInput
      size="sm"
      aria-label={label}
      placeholder={of === 'size' ? 'number' : (placeholders[type] ?? '')}
      value={values[place] ?? ''}
      onChange={(event) => set(event.target.value)}
      className="w-48!"
    />
  );
}

const placeholders: Partial<Record<TypedAs, string>> = {
  S: 'text; may be empty',
  N: 'number',
  B: 'base64',
  JSON: '{"SS":["a","b"]}',
};
