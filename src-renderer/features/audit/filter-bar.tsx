import { X } from 'lucide-react';
import { IconButton } from '../../ui/icon-button.tsx';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { type FilterForm, isFiltering, noFilter, type Period } from './filter.ts';

const texts: readonly {
  key: 'user' | 'role' | 'service' | 'action' | 'resource' | 'request';
  label: string;
  width: string;
}[] = [
  { key: 'user', label: 'User', width: 'w-28' },
  { key: 'role', label: 'IAM role', width: 'w-36' },
  { key: 'service', label: 'Service', width: 'w-26' },
  { key: 'action', label: 'Action', width: 'w-30' },
  { key: 'resource', label: 'Table or resource', width: 'w-36' },
  { key: 'request', label: 'Request id', width: 'w-30' },
];

const outcomes = [
  { value: 'all', label: 'All outcomes' },
  { value: 'succeeded', label: 'Succeeded' },
  { value: 'failed', label: 'Failed' },
];

const periods: readonly { value: Period; label: string }[] = [
  { value: 'all', label: 'Any time' },
  { value: 'hour', label: 'Last hour' },
  { value: 'day', label: 'Last 24 hours' },
  { value: 'week', label: 'Last 7 days' },
  { value: 'month', label: 'Last 30 days' },
  { value: 'between', label: 'Between…' },
];

const events = [
  { value: 'all', label: 'All events' },
  { value: 'aws.request', label: 'AWS requests' },
  { value: 'aws.request_refused', label: 'Refused by the gateway' },
  { value: 'login', label: 'Logins' },
  { value: 'app_session', label: 'App sessions' },
  { value: 'console', label: 'Consoles' },
  { value: 'resource', label: 'Changes of resources' },
  { value: 'admin', label: 'Refused administration' },
];

export interface FilterBarProps {
  form: FilterForm;
  onChange: (form: FilterForm) => void;
}

/** What the list is narrowed down by. Everything that is filled in must be so. */
export function FilterBar({ form, onChange }: FilterBarProps) {
  const set = (change: Partial<FilterForm>) => onChange({ ...form, ...change });
  return (
    <search
      aria-label="Filter"
      className="flex shrink-0 flex-wrap items-center gap-1.5 border-line border-b bg-canvas px-3 py-2"
    >
      {texts.map(({ key, label, width }) => (
        <div key={key} className={width}>
          <TextInput
            size="sm"
            aria-label={label}
            placeholder={label}
            value={form[key]}
            onChange={(event) => set({ [key]: event.target.value })}
          />
        </div>
      ))}
      <Select
        size="sm"
        label="Kind of event"
        placeholder="All events"
        value={form.event === '' ? 'all' : form.event}
        onChange={(event) => set({ event: event === 'all' ? '' : event })}
        options={events}
        className="w-34"
      />
      <Select
        size="sm"
        label="Outcome"
        placeholder="All outcomes"
        value={form.outcome}
        onChange={(outcome) => set({ outcome: outcome as FilterForm['outcome'] })}
        options={outcomes}
        className="w-30"
      />
      <Select
        size="sm"
        label="Time"
        placeholder="Any time"
        value={form.period}
        onChange={(period) => set({ period: period as Period })}
        options={periods}
        className="w-32"
      />
      {form.period === 'between' &&
        (['from', 'until'] as const).map((key) => (
          <div key={key} className="w-48">
            <TextInput
              size="sm"
              type="datetime-local"
              aria-label={key === 'from' ? 'From' : 'Until'}
              value={form[key]}
              onChange={(event) => set({ [key]: event.target.value })}
            />
          </div>
        ))}
      {isFiltering(form) && <IconButton icon={X} label="Show all events" onClick={() => onChange(noFilter)} />}
    </search>
  );
}
