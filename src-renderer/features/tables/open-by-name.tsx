import { type FormEvent, useState } from 'react';
import { openTable } from '../../state/desks.ts';
import { Button } from '../../ui/button.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { useSession } from '../workspace/session-context.tsx';

/** What DynamoDB takes for a table's name. */
const tableName = /^[a-zA-Z0-9_.-]{1,255}$/;

/** Opens a table that is not in the list: reading a table and listing all of them are two permissions. */
export function OpenByName() {
  const { desk } = useSession();
  const [name, setName] = useState('');
  const isName = tableName.test(name.trim());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isName) openTable(desk, name.trim());
  };
  return (
    <form onSubmit={submit} className="flex w-80 gap-2">
      <TextInput
        aria-label="Table name"
        placeholder="Table name"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" disabled={!isName}>
        Open
      </Button>
    </form>
  );
}
