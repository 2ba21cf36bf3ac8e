import { useState } from 'react';
import type { JobSpec } from '../../../src-shared/contracts/jobs.ts';
import type { TableDetails } from '../../../src-shared/contracts/tables.ts';
import { formatBytes } from '../../../src-shared/values/binary.ts';
import { useClient } from '../../bridge/react.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { useSession } from '../workspace/session-context.tsx';
import { readCost, scopeWords, unitWords } from './cost.ts';
import { JobDialogFrame } from './job-dialog.tsx';
import { useLimits, useScope } from './job-fields.tsx';
import { useJobStart } from './use-job-start.ts';

type Format = Extract<JobSpec, { kind: 'export' }>['format'];

const formats = [
  { value: 'dynamodb-json', label: 'DynamoDB JSON lines', about: 'nothing is lost' },
  { value: 'json', label: 'JSON', about: 'for other programs' },
  { value: 'csv', label: 'CSV', about: 'for spreadsheets' },
] as const;

const formatHints: Record<Format, string> = {
  'dynamodb-json': 'One item a line, as AWS’s own exports and imports have it.',
  json: 'Every digit of a number is kept. Sets become lists, and binary becomes base64.',
  csv: 'What a spreadsheet would run as a formula gets an apostrophe in front.',
};

export interface TableJobProps {
  table: string;
  details: TableDetails | undefined;
  keys: readonly string[] | undefined;
}

/** Writes items into a file. */
export function ExportDialog({ table, details, keys }: TableJobProps) {
  const client = useClient();
  const { where } = useSession();
  const { run, start, isBusy, error } = useJobStart();
  const { scope, field } = useScope(table, details, keys);
  const limits = useLimits(details, ['read']);
  const [format, setFormat] = useState<Format>('dynamodb-json');
  const [gzip, setGzip] = useState(false);
  const [types, setTypes] = useState(true);
  const cost =
    details && scope.of === 'table'
      ? `, ${formatBytes(details.sizeBytes)}, ${unitWords(readCost(details), 'RCU')}`
      : '';
  const begin = async () => {
    const file = await run(() => client.act('jobs.chooseFile', { to: 'export', table, format, gzip }));
    if (file?.is !== 'chosen') return;
    const { limits: pace } = limits;
    await start({ kind: 'export', ...where, table, limits: pace, scope, fileId: file.fileId, format, gzip, types });
  };
  return (
    <JobDialogFrame
      title={`Export ${table}`}
      description={`To a file on this computer: ${scopeWords(scope, details)}${cost}.`}
      action={client.platform === 'electron' ? 'Choose a file and export' : 'Export'}
      canStart={limits.isGood}
      isBusy={isBusy}
      error={error}
      onStart={() => void begin()}
    >
      {field}
      <Field label="Format" hint={formatHints[format]}>
        {({ id }) => (
          <Select
            id={id}
            value={format}
            onChange={(next) => setFormat(next as Format)}
            options={formats}
            placeholder="Format"
          />
        )}
      </Field>
      <div className="flex flex-col gap-2">
        <Checkbox checked={gzip} onChange={setGzip}>
          Pack it with gzip
        </Checkbox>
        {format === 'csv' && (
          <Checkbox checked={types} onChange={setTypes} hint="Only then can it be imported without a loss.">
            Types in the header, like Year:N
          </Checkbox>
        )}
      </div>
      {limits.fields}
    </JobDialogFrame>
  );
}
