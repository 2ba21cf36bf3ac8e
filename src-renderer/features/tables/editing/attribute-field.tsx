import { KeyRound, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { AttributeValue } from '../../../../src-shared/values/attribute-value.ts';
import { sameValue } from '../../../../src-shared/values/compare.ts';
import { cx } from '../../../ui/cx.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Select } from '../../../ui/select.tsx';
import { TextArea, TextInput } from '../../../ui/text-input.tsx';
import { attributeTypeOptions } from '../query/operators.ts';
import { type FormType, formText, fromFormText, ofType } from './value-text.ts';

export interface AttributeFieldProps {
  name: string;
  value: AttributeValue;
  isKey: boolean;
  isChanged: boolean;
  problem: string | undefined;
  onChange: (value: AttributeValue) => void;
  /** What is typed is not a value of its type (yet); undefined once it is. */
  onProblem: (problem: string | undefined) => void;
  onRemove: () => void;
}

const longText = 60;
const mostRows = 10;

/** One attribute in the form: its name, its type, and its value as text. */
export function AttributeField(props: AttributeFieldProps) {
  const { name, value, isKey, isChanged, problem, onChange, onProblem, onRemove } = props;
  const [text, setText] = useState(() => formText(value));
  const [typed, setTyped] = useState(value);
  // Another view, or an undo, may have changed the value under the text.
  if (!sameValue(typed, value)) {
    setTyped(value);
    setText(formText(value));
  }
  const type = value.type;
  const label = `Value of ${name}`;
  const change = (next: string) => {
    setText(next);
    const read = fromFormText(type, next, value);
    if ('problem' in read) {
      onProblem(read.problem);
      return;
    }
    onProblem(undefined);
    setTyped(read.value);
    onChange(read.value);
  };
  return (
    <div className={cx('flex flex-col gap-1 rounded-md px-2 py-1.5', isChanged && 'bg-warn-soft')}>
      <div className="flex items-center gap-1.5">
        {isKey && <KeyRound size={11} aria-label="key" className="shrink-0 text-accent-text" />}
        <span className="min-w-0 flex-1 truncate font-medium text-sm" title={name}>
          {name === '' ? '""' : name}
        </span>
        <Select
          size="sm"
          label={`Type of ${name}`}
          placeholder="S"
          value={type}
          onChange={(next) => {
            onProblem(undefined);
            onChange(ofType(next as FormType, value));
          }}
          options={attributeTypeOptions}
          className="min-w-16 font-mono"
        />
        <IconButton size="sm" icon={Trash2} label={`Remove ${name}`} onClick={onRemove} />
      </div>
      {type === 'NULL' ? (
        <span className="text-code-word text-sm italic">null</span>
      ) : type === 'BOOL' ? (
        <Select
          size="sm"
          label={label}
          placeholder=""
          value={text}
          onChange={change}
          options={['true', 'false'].map((word) => ({ value: word, label: word }))}
          className="w-28"
        />
      ) : type === 'N' || (type === 'S' && text.length <= longText && !text.includes('\n')) ? (
        <TextInput
          size="sm"
          aria-label={label}
          aria-invalid={problem !== undefined}
          value={text}
          placeholder={type === 'S' ? 'empty text' : 'number'}
          onChange={(event) => change(event.target.value)}
          className="font-mono"
        />
      ) : (
        <TextArea
          aria-label={label}
          aria-invalid={problem !== undefined}
          rows={Math.min(mostRows, Math.max(2, text.split('\n').length))}
          value={text}
          onChange={(event) => change(event.target.value)}
        />
      )}
      {problem !== undefined && (
        <p role="alert" className="text-bad text-sm">
          {problem}
        </p>
      )}
    </div>
  );
}
