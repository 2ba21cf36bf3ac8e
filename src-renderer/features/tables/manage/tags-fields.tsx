import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import type { Tag } from '../../../../src-shared/contracts/table-management.ts';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { TextInput } from '../../../ui/text-input.tsx';

export interface TagsFieldsProps {
  tags: readonly Tag[];
  isBusy: boolean;
  onSave: (set: Tag[], remove: string[]) => void;
}

/** The tags of a table, to be changed and then saved together. */
export function TagsFields({ tags, isBusy, onSave }: TagsFieldsProps) {
  const [draft, setDraft] = useState<readonly Tag[]>(tags);
  const changed = draft.filter(({ key, value }) => tags.find((tag) => tag.key === key)?.value !== value);
  const removed = tags.filter(({ key }) => !draft.some((tag) => tag.key === key)).map(({ key }) => key);
  const isGood = draft.every(({ key }) => key !== '') && new Set(draft.map(({ key }) => key)).size === draft.length;
  const set = (place: number, changes: Partial<Tag>) =>
    setDraft(draft.map((tag, index) => (index === place ? { ...tag, ...changes } : tag)));
  return (
    <div className="flex flex-col items-start gap-1.5">
      {draft.map(({ key, value }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a tag that is being typed has no identity but its place.
        <div key={place} className="flex items-center gap-1.5">
          <TextInput
            size="sm"
            aria-label="Tag"
            value={key}
            maxLength={128}
            onChange={(event) => set(place, { key: event.target.value })}
            className="w-44!"
          />
          <TextInput
            size="sm"
            aria-label={`Value of ${key}`}
            value={value}
            maxLength={256}
            onChange={(event) => set(place, { value: event.target.value })}
            className="w-56!"
          />
          <IconButton
            size="sm"
            icon={X}
            label={`Remove the tag ${key}`}
            onClick={() => setDraft(draft.filter((_, index) => index !== place))}
          />
        </div>
      ))}
      <div className="flex gap-2">
        <Button size="sm" variant="ghost" icon={Plus} onClick={() => setDraft([...draft, { key: '', value: '' }])}>
          Tag
        </Button>
        {(changed.length > 0 || removed.length > 0) && (
          <Button
            size="sm"
            variant="primary"
            busy={isBusy}
            disabled={!isGood}
            onClick={() => onSave([...changed], removed)}
          >
            Save the tags
          </Button>
        )}
      </div>
    </div>
  );
}
