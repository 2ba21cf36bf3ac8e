import { type KeyboardEvent, useRef, useState } from 'react';
import type { AttributeValue } from '../../../../src-shared/values/attribute-value.ts';
import { cx } from '../../../ui/cx.ts';
import { type FormType, formText, fromFormText, ofType } from '../editing/value-text.ts';

/** Where the focus goes when the editor closes. */
export type AfterCell = 'stay' | 'down' | 'right';

export interface CellEditorProps {
  name: string;
  /** The value to begin with; what an attribute that is missing would be. */
  value: AttributeValue;
  /** What was typed on the cell, in the place of its text. */
  typed: string | undefined;
  /** Stages a value. @returns why that cannot be, in words */
  onStage: (value: AttributeValue) => Promise<string | undefined>;
  onClose: (after: AfterCell) => void;
}

const types = ['S', 'N', 'BOOL', 'NULL'] as const satisfies readonly FormType[];

/** Whether a value can be edited in its cell: one line, of one thing. What cannot is edited in the form. */
export function isEditedInCell(value: AttributeValue | undefined): boolean {
  if (!value || value.type === 'N' || value.type === 'BOOL' || value.type === 'NULL') return true;
  return value.type === 'S' && value.text.length <= 2000 && !/[\r\n]/.test(value.text);
}

/** A value being edited in its cell. Enter and Tab stage it, Escape leaves it as it was; nothing is written here. */
export function CellEditor({ name, value: first, typed, onStage, onClose }: CellEditorProps) {
  const [type, setType] = useState<FormType>(first.type);
  const [text, setText] = useState(typed ?? formText(first));
  const [problem, setProblem] = useState<string>();
  const isClosed = useRef(false);
  const close = (after: AfterCell) => {
    isClosed.current = true;
    onClose(after);
  };
  const stage = async (after: AfterCell) => {
    const isAsBefore = typed === undefined && type === first.type && text === formText(first);
    if (isAsBefore) return close(after);
    const read = fromFormText(type, text, undefined);
    const found = 'problem' in read ? read.problem : await onStage(read.value);
    if (found === undefined) close(after);
    else setProblem(found);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // The grid's own keys are not meant while somebody types.
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') close('stay');
    else if (event.key === 'Enter') void stage('down');
    else if (event.key === 'Tab' && !event.shiftKey && !(event.target instanceof HTMLSelectElement))
      void stage('right');
    else return;
    event.preventDefault();
  };
  const stop = (event: { stopPropagation: () => void }) => event.stopPropagation();
  const fieldClass = 'h-full min-w-0 flex-1 bg-transparent px-1.5 font-mono text-sm outline-none';
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it keeps what happens in the editor from the grid around it.
    <div
      className={cx(
        'absolute inset-y-0 left-0 flex min-w-56 items-center bg-raised ring-2 ring-inset',
        problem === undefined ? 'ring-focus' : 'ring-bad',
      )}
      style={{ width: '100%' }}
      onKeyDown={onKeyDown}
      onClick={stop}
      onDoubleClick={stop}
      onCopy={stop}
      onContextMenu={stop}
      onBlur={(event) => {
        // Another window in front is no reason to end; what was typed is staged, as in any grid, and can be undone.
        if (isClosed.current || !document.hasFocus() || event.currentTarget.contains(event.relatedTarget)) return;
        void stage('stay');
      }}
    >
      <select
        aria-label={`Type of ${name}`}
        value={type}
        onChange={(event) => {
          const next = event.target.value as FormType;
          const read = fromFormText(type, text, undefined);
          setType(next);
          setProblem(undefined);
          setText(formText(ofType(next, 'value' in read ? read.value : first)));
        }}
        className="h-full shrink-0 bg-transparent pl-1.5 font-mono text-2xs text-code-type outline-none"
      >
        {types.map((one) => (
          <option key={one} value={one} className="bg-raised text-text">
            {one}
          </option>
        ))}
      </select>
      {type === 'BOOL' ? (
        <select
          // biome-ignore lint/a11y/noAutofocus: it appears where the focus was.
          autoFocus
          aria-label={`Value of ${name}`}
          value={text}
          onChange={(event) => setText(event.target.value)}
          className={fieldClass}
        >
          <option className="bg-raised text-text">true</option>
          <option className="bg-raised text-text">false</option>
        </select>
      ) : (
        <input
          // biome-ignore lint/a11y/noAutofocus: it appears where the focus was.
          autoFocus
          aria-label={`Value of ${name}`}
          aria-invalid={problem !== undefined}
          readOnly={type === 'NULL'}
          value={type === 'NULL' ? 'null' : text}
          placeholder={type === 'S' ? 'empty text' : ''}
          onFocus={(event) => {
            if (typed === undefined) event.currentTarget.select();
          }}
          onChange={(event) => {
            setText(event.target.value);
            setProblem(undefined);
          }}
          className={fieldClass}
        />
      )}
      {problem !== undefined && (
        <p
          role="alert"
          className="absolute top-full left-0 z-10 max-w-80 whitespace-normal rounded-b-md bg-bad-soft px-2 py-1 text-bad text-sm leading-normal"
        >
          {problem}
        </p>
      )}
    </div>
  );
}
