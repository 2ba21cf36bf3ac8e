import { useId, useState } from 'react';
import { partitionById } from '../../../src-shared/aws/partitions.ts';
import type { WriteMode } from '../../../src-shared/contracts/jobs.ts';
import { useAppState, useRead } from '../../bridge/react.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { useTables } from '../tables/use-tables.ts';
import { useSession } from '../workspace/session-context.tsx';
import { readCost, scopeWords, unitWords, writeCost } from './cost.ts';
import type { TableJobProps } from './export-dialog.tsx';
import { JobDialogFrame } from './job-dialog.tsx';
import { useLimits, useScope } from './job-fields.tsx';
import { useJobStart } from './use-job-start.ts';
import { WriteModeField } from './write-mode.tsx';

/** Copies items to another table: of this app session or of another one, in this region or in another one. */
export function CopyDialog({ table, details, keys }: TableJobProps) {
  const { where, session } = useSession();
  const sessions = useAppState((state) => state.appSessions);
  const { start, isBusy, error } = useJobStart();
  const { scope, field } = useScope(table, details, keys);
  const [target, setTarget] = useState({ appSessionId: where.appSessionId, region: where.region });
  const [toTable, setToTable] = useState('');
  const namesId = useId();
  const [mode, setMode] = useState<WriteMode>('keep');
  const tables = useTables(target, true);
  const targetSession = sessions.find(({ id }) => id === target.appSessionId) ?? session;
  const isName = /^[a-zA-Z0-9_.-]{3,255}$/.test(toTable);
  const there = useRead(
    'tables.describe',
    { ...target, table: toTable },
    { enabled: tables.names.includes(toTable), staleTime: 60_000 },
  );
  const limits = useLimits(details, ['read', 'write'], there.data ?? 'unknown');
  const isSamePlace = targetSession.role.accountId === session.role.accountId && target.region === where.region;
  const names = tables.names.filter((name) => !(isSamePlace && name === table));
  const items = scope.of === 'keys' ? scope.keys.length : (details?.itemCount ?? 0);
  const cost =
    details && scope.of !== 'query'
      ? `, ${unitWords(readCost(details), 'RCU')} here and ${unitWords(writeCost(items, details), 'WCU')} there`
      : '';
  return (
    <JobDialogFrame
      title={`Copy ${table} to another table`}
      description={`Item by item: ${scopeWords(scope, details)}${cost}. The other table has to be there, with the same key.`}
      action={isName ? `Copy to ${toTable}` : 'Copy'}
      canStart={isName && !(isSamePlace && toTable === table) && limits.isGood}
      isBusy={isBusy}
      error={error}
      onStart={() => {
        const to = { ...target, table: toTable };
        void start({ kind: 'copy', ...where, table, limits: limits.limits, scope, to, mode });
      }}
    >
      {field}
      <div className="grid grid-cols-2 gap-3">
        <Field label="To role">
          {({ id }) => (
            <Select
              id={id}
              value={target.appSessionId}
              onChange={(appSessionId) => {
                const region = sessions.find((one) => one.id === appSessionId)?.region ?? target.region;
                setTarget({ appSessionId, region });
                setToTable('');
              }}
              options={sessions.map(({ id: value, role }) => ({ value, label: role.name, about: role.accountId }))}
              placeholder="Role"
            />
          )}
        </Field>
        <Field label="In region">
          {({ id }) => (
            <Select
              id={id}
              value={target.region}
              onChange={(region) => {
                setTarget({ ...target, region });
                setToTable('');
              }}
              options={(partitionById(targetSession.role.partition)?.regions ?? [target.region]).map((value) => ({
                value,
                label: value,
              }))}
              placeholder="Region"
            />
          )}
        </Field>
      </div>
      <Field label="To table" error={isSamePlace && toTable === table ? 'This is the table itself.' : undefined}>
        {(control) => (
          <>
            <TextInput
              {...control}
              list={namesId}
              placeholder={tables.isLoading ? 'Loading the names …' : 'Its name'}
              value={toTable}
              onChange={(event) => setToTable(event.target.value.trim())}
            />
            <datalist id={namesId}>
              {names.map((name) => (
                <option key={name} value={name} />
              ))}
            </datalist>
          </>
        )}
      </Field>
      {tables.error && <Notice tone="bad">{tables.error.message}</Notice>}
      <WriteModeField mode={mode} onChange={setMode} />
      {limits.fields}
    </JobDialogFrame>
  );
}
