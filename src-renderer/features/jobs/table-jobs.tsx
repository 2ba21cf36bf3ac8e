import { Copy, Download, Ellipsis, Eraser, ListX, Sigma, Upload } from 'lucide-react';
import { lazy, Suspense } from 'react';
import type { JobKind } from '../../../src-shared/contracts/jobs.ts';
import type { TableDetails } from '../../../src-shared/contracts/tables.ts';
import { Button } from '../../ui/button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { useSession } from '../workspace/session-context.tsx';
import { openJobDialog, useJobDialog } from './open-dialog.ts';

const Dialogs = lazy(() => import('./job-dialogs.tsx').then((m) => ({ default: m.JobDialogs })));

/** What can be done with a whole table, and the dialogs that ask about it. */
export function TableJobs({ table, details }: { table: string; details: TableDetails | undefined }) {
  const { isOver } = useSession();
  const dialog = useJobDialog(table);
  const open = (kind: JobKind) => () => openJobDialog({ kind, table });
  return (
    <>
      <Menu
        align="end"
        trigger={
          <Button size="sm" variant="ghost" icon={Ellipsis} disabled={isOver}>
            Export, import
          </Button>
        }
      >
        <MenuItem icon={Download} onSelect={open('export')}>
          Export …
        </MenuItem>
        <MenuItem icon={Upload} onSelect={open('import')}>
          Import …
        </MenuItem>
        <MenuItem icon={Copy} onSelect={open('copy')}>
          Copy to another table …
        </MenuItem>
        <MenuItem icon={Sigma} onSelect={open('count')}>
          Count …
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={ListX} onSelect={open('delete')}>
          Delete what the query finds …
        </MenuItem>
        <MenuItem icon={Eraser} onSelect={open('purge')}>
          Empty the table …
        </MenuItem>
      </Menu>
      {dialog && !isOver && (
        <Suspense fallback={null}>
          <Dialogs dialog={dialog} details={details} />
        </Suspense>
      )}
    </>
  );
}
