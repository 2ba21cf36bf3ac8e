import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { TableDetails } from '../../../src-shared/contracts/tables.ts';
import type { RolegateError } from '../../../src-shared/errors.ts';
import { formatBytes } from '../../../src-shared/values/binary.ts';
import { Chip } from '../../ui/chip.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { formatCount, formatMoment } from '../shared/format.ts';
import { DetailsGate } from './details-gate.tsx';
import { KeyChips } from './key-chips.tsx';
import { TableSettings } from './manage/table-settings.tsx';

/** Everything that DynamoDB says of a table. */
export function Overview({ details }: { details: UseQueryResult<TableDetails, RolegateError> }) {
  return <DetailsGate details={details}>{(table) => <Facts table={table} />}</DetailsGate>;
}

function Facts({ table }: { table: TableDetails }) {
  const { throughput } = table;
  return (
    <div className="min-h-0 flex-1 overflow-auto px-4 py-2">
      <dl className="max-w-190 divide-y divide-line">
        <Fact name="Name">
          <Copyable text={table.name} label="Copy the name" />
        </Fact>
        {table.arn !== undefined && (
          <Fact name="ARN">
            <Copyable text={table.arn} label="Copy the ARN" isCode />
          </Fact>
        )}
        <Fact name="Status">{table.status}</Fact>
        <Fact name="Key">
          <span className="flex flex-wrap gap-1">
            <KeyChips keys={table.key} />
          </span>
        </Fact>
        <Fact name="Items">about {formatCount(table.itemCount)}; DynamoDB counts every six hours or so</Fact>
        <Fact name="Size">
          about {formatBytes(table.sizeBytes)}{' '}
          <span className="text-faint">({formatCount(table.sizeBytes)} bytes)</span>
        </Fact>
        <Fact name="Billing">{table.billing}</Fact>
        {throughput && (
          <Fact name="Throughput">
            {formatCount(throughput.read)} read, {formatCount(throughput.write)} write units
          </Fact>
        )}
        {table.mostThroughput && <Fact name="Most throughput">{unitWords(table.mostThroughput)}</Fact>}
        {table.warmThroughput && (
          <Fact name="Warm throughput">
            {unitWords(table.warmThroughput)} <span className="text-faint">at once, without growing first</span>
          </Fact>
        )}
        <Fact name="Table class">{table.tableClass ?? 'STANDARD'}</Fact>
        <Fact name="Stream">{table.streamView ?? 'off'}</Fact>
        {table.streamArn !== undefined && (
          <Fact name="Stream ARN">
            <Copyable text={table.streamArn} label="Copy the stream’s ARN" isCode />
          </Fact>
        )}
        <Fact name="Replicas">
          <Replicas table={table} />
        </Fact>
        <Fact name="Encryption">
          {table.encryptionKeyArn === undefined ? (
            'with a key that DynamoDB owns'
          ) : (
            <Copyable text={table.encryptionKeyArn} label="Copy the ARN of the key" isCode />
          )}
        </Fact>
        <Fact name="Deletion protection">{table.deletionProtection ? 'on' : 'off'}</Fact>
        {table.createdAt !== undefined && <Fact name="Created">{formatMoment(table.createdAt)}</Fact>}
        <Fact name="Indexes">{table.indexes.length === 0 ? 'none' : formatCount(table.indexes.length)}</Fact>
      </dl>
      <TableSettings key={settingsKey(table)} details={table} />
    </div>
  );
}

function unitWords({ read, write }: { read: number; write: number }): string {
  const units = (value: number) => (value < 0 ? 'any number of' : formatCount(value));
  return `${units(read)} read, ${units(write)} write units a second`;
}

/** The other regions that have the table; a write here is a write there. */
function Replicas({ table: { replicas = [], replicaConsistency } }: { table: TableDetails }) {
  if (replicas.length === 0) return 'none';
  return (
    <span className="flex flex-wrap items-center gap-1.5">
      {replicas.map(({ region, status }) => (
        <Chip key={region} tone={status === 'ACTIVE' ? 'plain' : 'warn'}>
          {region}
          {status !== 'ACTIVE' && ` · ${status.toLowerCase()}`}
        </Chip>
      ))}
      {replicaConsistency !== undefined && (
        <span className="text-faint">{replicaConsistency.toLowerCase()}ly consistent</span>
      )}
    </span>
  );
}

/** What was typed into the settings begins anew when the table has changed under it. */
function settingsKey({ billing, throughput, streamView, tableClass }: TableDetails): string {
  return JSON.stringify([billing, throughput, streamView, tableClass]);
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid min-h-9 grid-cols-[10rem_1fr] items-center gap-4 py-1.5">
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}

function Copyable({ text, label, isCode = false }: { text: string; label: string; isCode?: boolean }) {
  return (
    <span className="flex items-center gap-1">
      <span className={isCode ? 'min-w-0 select-text font-mono text-sm' : 'min-w-0 select-text'}>{text}</span>
      <CopyButton text={text} label={label} />
    </span>
  );
}
