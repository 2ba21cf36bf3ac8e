import { useState } from 'react';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { formatCount, plural } from '../shared/format.ts';
import { useSession } from '../workspace/session-context.tsx';
import { readCost, unitWords, writeCost } from './cost.ts';
import type { TableJobProps } from './export-dialog.tsx';
import { JobDialogFrame } from './job-dialog.tsx';
import { useLimits, useScope } from './job-fields.tsx';
import { useJobStart } from './use-job-start.ts';

function usePlace(): string {
  const { session, where } = useSession();
  return `${session.role.name} in account ${session.role.accountId}, ${where.region}`;
}

/** Deletes all items of a table, once its name has been typed. */
export function PurgeDialog({ table, details }: TableJobProps) {
  const { where } = useSession();
  const place = usePlace();
  const { start, isBusy, error } = useJobStart();
  const limits = useLimits(details, ['read', 'write']);
  const [typed, setTyped] = useState('');
  const cost = details
    ? ` It costs ${unitWords(readCost(details), 'RCU')} to find them and ${unitWords(writeCost(details.itemCount, details), 'WCU')} to delete them.`
    : '';
  return (
    <JobDialogFrame
      title={`Empty ${table}?`}
      description={`${details ? `About ${plural(details.itemCount, 'item')}` : 'All items'} of ${table} are deleted for good, as ${place}. The table itself stays.${cost}`}
      action="Delete all items"
      isDangerous
      canStart={typed.trim() === table && limits.isGood}
      isBusy={isBusy}
      error={error}
      onStart={() => void start({ kind: 'purge', ...where, table, limits: limits.limits, typedName: typed.trim() })}
    >
      {details?.streamView !== undefined && (
        <Notice tone="warn">The table has a stream: whatever follows it sees every deletion.</Notice>
      )}
      <Field label={`Type ${table} to go on`}>
        {(control) => <TextInput {...control} value={typed} onChange={(event) => setTyped(event.target.value)} />}
      </Field>
      <p className="text-faint text-sm">
        Deleting the table and making it again is cheaper, but loses its tags, alarms, backups and stream.
      </p>
      {limits.fields}
    </JobDialogFrame>
  );
}

/** Deletes what was picked, or what the query finds. */
export function DeleteDialog({ table, details, keys }: TableJobProps) {
  const { where } = useSession();
  const place = usePlace();
  const { start, isBusy, error } = useJobStart();
  const { scope, field } = useScope(table, details, keys, false);
  const limits = useLimits(details, ['read', 'write']);
  const isExact = scope.of === 'keys';
  const isWhole = scope.of === 'table';
  const cost = isExact && details ? `, ${unitWords(writeCost(scope.keys.length, details), 'WCU')}` : '';
  return (
    <JobDialogFrame
      title={`Delete items of ${table}`}
      description={
        isExact
          ? `${plural(scope.keys.length, 'item')}${cost}, as ${place}. They are deleted for good, whatever they are by now.`
          : `As ${place}. First the keys are read and counted; then it asks once more, with the number.`
      }
      action={isExact ? `Delete ${plural(scope.keys.length, 'item')}` : 'Count them first'}
      isDangerous={isExact}
      canStart={limits.isGood && !isWhole}
      isBusy={isBusy}
      error={error}
      onStart={() => void start({ kind: 'delete', ...where, table, limits: limits.limits, scope })}
    >
      {field}
      {isWhole && (
        <Notice tone="info">
          Fill in the query bar first: a key or a filter says which items. To delete everything, choose “Empty the
          table”.
        </Notice>
      )}
      {limits.fields}
    </JobDialogFrame>
  );
}

/** Counts, to the end. */
export function CountDialog({ table, details, keys }: TableJobProps) {
  const { where } = useSession();
  const { start, isBusy, error } = useJobStart();
  const { scope, field } = useScope(table, details, keys);
  const limits = useLimits(details, ['read']);
  const cost = details && scope.of === 'table' ? ` Here that is ${unitWords(readCost(details), 'RCU')}.` : '';
  return (
    <JobDialogFrame
      title={`Count the items of ${table}`}
      description={`DynamoDB reads every item that it counts, and that costs as much as reading them.${cost}`}
      action="Count"
      canStart={limits.isGood}
      isBusy={isBusy}
      error={error}
      onStart={() => void start({ kind: 'count', ...where, table, limits: limits.limits, scope })}
    >
      {field}
      {details && (
        <p className="text-faint text-sm">DynamoDB’s own count, some hours old: {formatCount(details.itemCount)}.</p>
      )}
      {limits.fields}
    </JobDialogFrame>
  );
}
