import { FileUp } from 'lucide-react';
import { useState } from 'react';
import type { ChosenFile, InspectedFile, JobSpec, WriteMode } from '../../../src-shared/contracts/jobs.ts';
import { formatBytes } from '../../../src-shared/values/binary.ts';
import { useClient } from '../../bridge/react.tsx';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { plural } from '../shared/format.ts';
import { useSession } from '../workspace/session-context.tsx';
import { chooseImport } from './choose-import.ts';
import { ColumnMapping } from './column-mapping.tsx';
import { unitWords, writeCost } from './cost.ts';
import type { TableJobProps } from './export-dialog.tsx';
import { JobDialogFrame } from './job-dialog.tsx';
import { useLimits } from './job-fields.tsx';
import { useJobStart } from './use-job-start.ts';
import { WriteModeField } from './write-mode.tsx';

interface Chosen {
  file: Extract<ChosenFile, { is: 'chosen' }>;
  looks: InspectedFile;
}

const formatNames: Record<InspectedFile['format'], string> = {
  'dynamodb-json': 'DynamoDB JSON',
  json: 'JSON',
  csv: 'CSV',
};

/** Writes the items of a file into a table, or finds out what would come of it. */
export function ImportDialog({ table, details }: TableJobProps) {
  const client = useClient();
  const { where } = useSession();
  const { run, start, isBusy, error } = useJobStart();
  const limits = useLimits(details, ['write']);
  const [chosen, setChosen] = useState<Chosen>();
  const [columns, setColumns] = useState<InspectedFile['columns']>([]);
  const [mode, setMode] = useState<WriteMode>('keep');

  const choose = () =>
    run(async () => {
      const file = await chooseImport(client);
      if (!file) return;
      const looks = await client.act('jobs.inspect', { ...where, table, fileId: file.fileId });
      setChosen({ file, looks });
      setColumns(looks.columns);
    });
  const begin = (dryRun: boolean) => {
    if (!chosen) return;
    const spec: JobSpec = {
      kind: 'import',
      ...where,
      table,
      limits: limits.limits,
      fileId: chosen.file.fileId,
      format: chosen.looks.format,
      columns: columns.map(({ to, type }) => ({ type, ...(to !== undefined && { to }) })),
      mode,
      dryRun,
    };
    void start(spec);
  };
  const items = chosen?.looks.items;
  const canStart = chosen !== undefined && limits.isGood && (items?.isAbout === true || (items?.items ?? 0) > 0);
  return (
    <JobDialogFrame
      title={`Import into ${table}`}
      description={
        items && details
          ? `${items.isAbout ? 'About ' : ''}${plural(items.items, 'item')}, ${unitWords(writeCost(items.items, details), 'WCU')}, into ${table} in ${where.region}.`
          : 'DynamoDB JSON lines, JSON or CSV, packed with gzip or not.'
      }
      action={items ? `Import ${items.isAbout ? 'about ' : ''}${plural(items.items, 'item')}` : 'Import'}
      canStart={canStart}
      isBusy={isBusy}
      error={error}
      width="lg"
      onStart={() => begin(false)}
      more={
        <Button disabled={!canStart || isBusy} onClick={() => begin(true)} title="Reads the whole file, writes nothing">
          Check first
        </Button>
      }
    >
      <div className="flex items-center gap-3">
        <Button icon={FileUp} busy={isBusy && !chosen} onClick={() => void choose()}>
          {chosen ? 'Choose another file' : 'Choose a file'}
        </Button>
        {chosen && (
          <p className="min-w-0 truncate">
            <span className="font-medium">{chosen.file.name}</span>{' '}
            <span className="text-muted text-sm">
              {formatNames[chosen.looks.format]}
              {chosen.looks.gzip && ', gzip'}, {formatBytes(chosen.looks.bytes)}
            </span>
          </p>
        )}
      </div>
      {chosen && (
        <>
          {chosen.looks.problem !== undefined && (
            <Notice tone="warn">The first record cannot be imported as it is: {chosen.looks.problem}</Notice>
          )}
          {chosen.looks.format === 'csv' && (
            <ColumnMapping columns={columns} rows={chosen.looks.rows} onChange={setColumns} />
          )}
          <WriteModeField mode={mode} onChange={setMode} />
          {limits.fields}
        </>
      )}
    </JobDialogFrame>
  );
}
