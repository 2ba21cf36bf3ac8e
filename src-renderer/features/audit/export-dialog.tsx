import { useEffect, useState } from 'react';
import type { AuditQuery } from '../../../src-shared/contracts/admin-api.ts';
import { useClient } from '../../bridge/react.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { toast } from '../../ui/toast.ts';
import { ErrorView } from '../shared/error-view.tsx';
import { formatCount, plural } from '../shared/format.ts';
import { csvHead, csvOf } from './export-csv.ts';
import { logPages } from './read-log.ts';
import { saveFile } from './save-file.ts';

export type ExportFormat = 'jsonl' | 'csv';

/** What a window can hold; beyond that the command line writes as it reads. */
const maxCharacters = 200_000_000;

export interface ExportDialogProps {
  format: ExportFormat;
  filter: AuditQuery['filter'];
  isFiltered: boolean;
  onClose: () => void;
}

/** Reads all that fits, the oldest first, and hands it over as a file. */
export function ExportDialog({ format, filter, isFiltered, onClose }: ExportDialogProps) {
  const client = useClient();
  const [count, setCount] = useState(0);
  const [isTooMuch, setTooMuch] = useState(false);
  const [error, setError] = useState<unknown>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is about what was shown when it was asked for.
  useEffect(() => {
    const run = { isOver: false };
    const write = async () => {
      const parts = format === 'csv' ? [csvHead] : [];
      let [events, size] = [0, 0];
      for await (const lines of logPages(client, { filter, order: 'oldest' })) {
        if (run.isOver) return;
        const text = lines.map((line) => (format === 'csv' ? csvOf(line) : `${line}\n`)).join('');
        parts.push(text);
        size += text.length;
        events += lines.length;
        setCount(events);
        if (size > maxCharacters) {
          setTooMuch(true);
          return;
        }
      }
      if (run.isOver) return;
      const name = `audit-${new Date().toISOString().slice(0, 10)}.${format}`;
      saveFile(name, format === 'csv' ? 'text/csv' : 'application/x-ndjson', parts);
      toast({ title: `${plural(events, 'event')} exported` });
      onClose();
    };
    write().catch((thrown: unknown) => {
      if (!run.isOver) setError(thrown);
    });
    return () => {
      run.isOver = true;
    };
  }, []);
  return (
    <Dialog
      open
      onClose={onClose}
      title={isFiltered ? 'Exporting the events that fit' : 'Exporting all events'}
      actions={<Button onClick={onClose}>{error === undefined && !isTooMuch ? 'Stop' : 'Close'}</Button>}
    >
      {error !== undefined ? (
        <ErrorView inline error={error} />
      ) : isTooMuch ? (
        <p>
          That is more than a window can hold. Filter by time, or use{' '}
          <span className="font-mono text-sm">rolegate audit export -o FILE</span>, which has no such limit.
        </p>
      ) : (
        <p role="status" className="text-muted tabular">
          {formatCount(count)} events read…
        </p>
      )}
    </Dialog>
  );
}
