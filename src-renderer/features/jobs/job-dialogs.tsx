import type { TableDetails } from '../../../src-shared/contracts/tables.ts';
import { CopyDialog } from './copy-dialog.tsx';
import { CountDialog, DeleteDialog, PurgeDialog } from './delete-dialogs.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { ImportDialog } from './import-dialog.tsx';
import type { JobDialog } from './open-dialog.ts';

const dialogs = {
  export: ExportDialog,
  import: ImportDialog,
  copy: CopyDialog,
  count: CountDialog,
  delete: DeleteDialog,
  purge: PurgeDialog,
};

/** The dialog that begins a job of this kind. */
export function JobDialogs({ dialog, details }: { dialog: JobDialog; details: TableDetails | undefined }) {
  const { kind, table, keys } = dialog;
  const Dialog = dialogs[kind];
  return <Dialog table={table} details={details} keys={keys} />;
}
