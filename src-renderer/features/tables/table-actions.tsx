import { SquareTerminal } from 'lucide-react';
import type { TableDetails } from '../../../src-shared/contracts/tables.ts';
import { useClient } from '../../bridge/react.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { openPartiql } from '../partiql/open-partiql.ts';
import { useSession } from '../workspace/session-context.tsx';

/** Where else one can go with a table. */
export function TableActions({ table, details }: { table: string; details: TableDetails | undefined }) {
  const client = useClient();
  const { where } = useSession();
  return (
    <span className="flex shrink-0 items-center gap-0.5">
      <IconButton
        size="sm"
        icon={SquareTerminal}
        label="Write PartiQL for this table"
        onClick={() => openPartiql(client, where, table, details)}
      />
    </span>
  );
}
