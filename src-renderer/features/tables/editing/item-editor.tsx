import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { TableDetails } from '../../../../src-shared/contracts/tables.ts';
import type { Item } from '../../../../src-shared/values/attribute-value.ts';
import { sameItem, sameValue } from '../../../../src-shared/values/compare.ts';
import { itemProblems } from '../../../../src-shared/values/item-problems.ts';
import { inOrder } from '../../../../src-shared/values/name-order.ts';
import { formatPath } from '../../../../src-shared/values/path.ts';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { TextArea, TextInput } from '../../../ui/text-input.tsx';
import { AttributeField } from './attribute-field.tsx';
import { identityOf } from './staged-changes.ts';
import { useDraft } from './use-draft.ts';

export interface ItemEditorProps {
  /** The item to begin with. */
  first: Item;
  /** Whether it is in the table already, or is to be a new one. */
  isNew: boolean;
  details: TableDetails;
  onStage: (item: Item) => void;
  onCancel: () => void;
}

/** An item being edited. Nothing is written here: it ends with a change that is staged, or with none. */
export function ItemEditor({ first, isNew, details, onStage, onCancel }: ItemEditorProps) {
  const keyNames = details.key.map(({ name }) => name);
  const draft = useDraft(first, keyNames, 'form');
  const [typing, setTyping] = useState<ReadonlyMap<string, string>>(new Map());
  const problems = itemProblems(draft.item, details);
  const isChanged = isNew || !sameItem(first, draft.item);
  const isMoved = !isNew && identityOf(first, keyNames) !== identityOf(draft.item, keyNames);
  const canStage = problems.length === 0 && typing.size === 0 && draft.textProblem === undefined && isChanged;
  const stage = () => {
    if (canStage) onStage(draft.item);
  };
  const problemOf = (name: string) => typing.get(name) ?? problems.find(({ path }) => path[0] === name)?.message;
  const elsewhere = draft.view === 'form' ? problems.filter(({ path }) => !draft.item.has(String(path[0]))) : problems;
  return (
    <form
      aria-label={isNew ? 'New item' : 'Edit the item'}
      className="flex min-h-0 flex-1 flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        stage();
      }}
      onKeyDown={(event) => {
        if (event.key.toLowerCase() === 's' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          stage();
        } else if (event.key === 'Escape') {
          // Who has typed something does not lose it with one key.
          event.stopPropagation();
          if (!isChanged || isNew) onCancel();
        }
      }}
    >
      <div className="flex h-9 shrink-0 items-center border-line border-b px-2">
        <Segmented
          label="Edited as"
          value={draft.view}
          onChange={draft.setView}
          options={[
            { value: 'form', label: 'Form' },
            { value: 'json', label: 'JSON' },
            { value: 'dynamodb', label: 'DynamoDB JSON' },
          ]}
        />
      </div>
      <div className="flex min-h-0 flex-1 flex-col gap-1 overflow-y-auto p-2">
        {draft.view === 'form' ? (
          <>
            {inOrder(draft.item, keyNames).map(([name, value]) => (
              <AttributeField
                key={name}
                name={name}
                value={value}
                isKey={keyNames.includes(name)}
                isChanged={!isNew && !sameValue(first.get(name), value)}
                problem={problemOf(name)}
                onChange={(next) => draft.setValue(name, next)}
                onProblem={(problem) => setTyping(withProblem(typing, name, problem))}
                onRemove={() => {
                  setTyping(withProblem(typing, name, undefined));
                  draft.setValue(name, undefined);
                }}
              />
            ))}
            <NewAttribute
              isTaken={(name) => draft.item.has(name)}
              onAdd={(name) => draft.setValue(name, { type: 'S', text: '' })}
            />
          </>
        ) : (
          <TextArea
            aria-label={draft.view === 'json' ? 'Item as JSON' : 'Item as DynamoDB JSON'}
            aria-invalid={draft.textProblem !== undefined}
            value={draft.text}
            onChange={(event) => draft.setText(event.target.value)}
            className="min-h-60 flex-1 resize-none!"
          />
        )}
      </div>
      <footer className="flex shrink-0 flex-col gap-2 border-line border-t bg-canvas p-2">
        {draft.textProblem !== undefined && (
          <Notice tone="bad" role="alert">
            {draft.textProblem}
          </Notice>
        )}
        {draft.textProblem === undefined && elsewhere.length > 0 && (
          <Notice tone="bad" role="alert">
            {elsewhere.slice(0, 3).map(({ path, message }) => (
              <p key={message}>
                {formatPath(path)}: {message}
              </p>
            ))}
          </Notice>
        )}
        {isMoved && (
          <Notice tone="warn">
            The key is another one: the item is moved. That is one delete and one new item, in one transaction.
          </Notice>
        )}
        <div className="flex items-center justify-end gap-2">
          <Button size="sm" onClick={onCancel}>
            Cancel
          </Button>
          <Button size="sm" type="submit" variant="primary" disabled={!canStage} title="Ctrl+S">
            Stage {isNew ? 'the new item' : 'the changes'}
          </Button>
        </div>
      </footer>
    </form>
  );
}

function withProblem(
  typing: ReadonlyMap<string, string>,
  name: string,
  problem: string | undefined,
): ReadonlyMap<string, string> {
  const next = new Map(typing);
  if (problem === undefined) next.delete(name);
  else next.set(name, problem);
  return next;
}

function NewAttribute({ isTaken, onAdd }: { isTaken: (name: string) => boolean; onAdd: (name: string) => void }) {
  const [name, setName] = useState('');
  const isGood = name !== '' && !isTaken(name);
  const add = (event: FormEvent | React.KeyboardEvent) => {
    event.preventDefault();
    if (!isGood) return;
    onAdd(name);
    setName('');
  };
  return (
    <div className="flex gap-1.5 px-2 pt-1">
      <TextInput
        size="sm"
        aria-label="Name of a new attribute"
        placeholder="New attribute"
        value={name}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') add(event);
        }}
      />
      <Button size="sm" icon={Plus} disabled={!isGood} onClick={add}>
        Add
      </Button>
    </div>
  );
}
