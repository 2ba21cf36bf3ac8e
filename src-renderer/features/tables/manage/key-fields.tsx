import { Plus, X } from 'lucide-react';
import type { TableDefinition } from '../../../../src-shared/contracts/table-management.ts';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Select } from '../../../ui/select.tsx';
import { TextInput } from '../../../ui/text-input.tsx';

type Key = TableDefinition['key'];

export interface KeyFieldsProps {
  value: Key;
  onChange: (key: Key) => void;
  /** How many attributes of each role it may have. */
  most: 1 | 4;
}

const types = [
  { value: 'S', label: 'S', about: 'string' },
  { value: 'N', label: 'N', about: 'number' },
  { value: 'B', label: 'B', about: 'binary' },
];
const roles = { HASH: 'Partition key', RANGE: 'Sort key' } as const;

/** The attributes of a key: one partition attribute at least, and sort attributes if wanted. */
export function KeyFields({ value, onChange, most }: KeyFieldsProps) {
  const set = (place: number, changes: Partial<Key[number]>) =>
    onChange(value.map((part, index) => (index === place ? { ...part, ...changes } : part)));
  const count = (role: 'HASH' | 'RANGE') => value.filter((part) => part.role === role).length;
  const add = (role: 'HASH' | 'RANGE') => {
    const next = [...value, { name: '', type: 'S', role } as const];
    onChange([...next.filter((part) => part.role === 'HASH'), ...next.filter((part) => part.role === 'RANGE')]);
  };
  return (
    <div className="flex flex-col gap-1.5">
      {value.map((part, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part has no identity but its place.
        <div key={place} className="flex items-center gap-1.5">
          <span className="w-24 shrink-0 text-muted text-sm">{roles[part.role]}</span>
          <TextInput
            size="sm"
            aria-label={`${roles[part.role]}: name`}
            placeholder="attribute"
            value={part.name}
            onChange={(event) => set(place, { name: event.target.value })}
          />
          <Select
            size="sm"
            label={`${roles[part.role]}: type`}
            placeholder="S"
            value={part.type}
            onChange={(type) => set(place, { type: type as Key[number]['type'] })}
            options={types}
            className="w-20 shrink-0 font-mono"
          />
          <IconButton
            size="sm"
            icon={X}
            label={`Remove ${part.name === '' ? 'this attribute' : part.name}`}
            disabled={part.role === 'HASH' && count('HASH') === 1}
            onClick={() => onChange(value.filter((_, index) => index !== place))}
          />
        </div>
      ))}
      <div className="flex gap-1">
        {count('HASH') < most && (
          <Button size="sm" variant="ghost" icon={Plus} onClick={() => add('HASH')}>
            Partition attribute
          </Button>
        )}
        {count('RANGE') < most && (
          <Button size="sm" variant="ghost" icon={Plus} onClick={() => add('RANGE')}>
            Sort key
          </Button>
        )}
      </div>
    </div>
  );
}
