import { useId, useMemo, useState } from 'react';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { SkeletonLines } from '../../../ui/skeleton.tsx';
import { SearchInput } from '../../../ui/text-input.tsx';
import { ErrorView } from '../../shared/error-view.tsx';
import { nameOf, useResources } from '../use-resources.ts';

export interface RolesFieldProps {
  value: readonly string[];
  onChange: (roles: string[]) => void;
}

/** From here on, a list is easier to search than to look through. */
const searchableFrom = 9;

/** The roles of a user, to tick. Those that are gone but still named are there too, to be taken away. */
export function RolesField({ value, onChange }: RolesFieldProps) {
  const roles = useResources(['role']);
  const [search, setSearch] = useState('');
  const label = useId();
  const all = useMemo(() => {
    const about = new Map((roles.data ?? []).map((info) => [nameOf(info), info.document.metadata['description']]));
    for (const name of value) if (!about.has(name)) about.set(name, 'There is no such role.');
    return [...about].sort(([a], [b]) => (a < b ? -1 : 1));
  }, [roles.data, value]);
  const shown = all.filter(([name]) => name.toLowerCase().includes(search.toLowerCase()));
  const toggle = (name: string, isOn: boolean) =>
    onChange(isOn ? [...value, name] : value.filter((other) => other !== name));
  return (
    <fieldset aria-labelledby={label} className="flex min-w-0 flex-col gap-1.5">
      <div id={label} className="font-medium text-muted text-sm">
        Roles
      </div>
      {all.length >= searchableFrom && (
        <SearchInput
          aria-label="Search roles"
          placeholder="Search roles"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      )}
      {roles.isError && <ErrorView inline error={roles.error} onRetry={() => void roles.refetch()} />}
      <div className="flex max-h-60 flex-col gap-2 overflow-y-auto rounded-md px-3 py-2.5 ring-1 ring-line-strong ring-inset">
        {roles.isPending && <SkeletonLines lines={3} />}
        {shown.map(([name, about]) => (
          <Checkbox
            key={name}
            checked={value.includes(name)}
            onChange={(isOn) => toggle(name, isOn)}
            hint={typeof about === 'string' ? about : undefined}
          >
            {name}
          </Checkbox>
        ))}
      </div>
    </fieldset>
  );
}
