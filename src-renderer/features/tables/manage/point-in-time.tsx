import { useState } from 'react';
import type { TableExtras } from '../../../../src-shared/contracts/table-management.ts';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import { formatMoment } from '../../shared/format.ts';
import type { useManage } from './use-manage.ts';

export interface PointInTimeProps {
  value: Extract<TableExtras['pointInTime'], { value: unknown }>['value'];
  table: string;
  isDisabled: boolean;
  manage: ReturnType<typeof useManage>;
}

/** How far back DynamoDB goes unless somebody says otherwise, and at most. */
const mostDays = 35;

/** Whether a table can be restored to a moment, and how far back. */
export function PointInTime({ value, table, isDisabled, manage }: PointInTimeProps) {
  const { status, days = mostDays, earliest } = value;
  const isOn = status === 'ENABLED';
  const [text, setText] = useState(String(days));
  const wanted = Number(text);
  const isGood = Number.isInteger(wanted) && wanted >= 1 && wanted <= mostDays;
  const change = (on: boolean, kept?: number) =>
    void manage.change(
      table,
      { kind: 'pointInTime', on, ...(kept !== undefined && { days: kept }) },
      kept === undefined
        ? `Point-in-time recovery is ${on ? 'on' : 'off'}`
        : `Point-in-time recovery goes back ${kept} ${kept === 1 ? 'day' : 'days'}`,
    );
  return (
    <div className="flex flex-col gap-2">
      <Checkbox
        checked={isOn}
        disabled={manage.isBusy || isDisabled}
        onChange={change}
        hint={earliest === undefined ? undefined : `${days} days; from ${formatMoment(earliest)}`}
      >
        Can be restored to any second
      </Checkbox>
      {isOn && (
        <div className="flex items-center gap-2">
          <TextInput
            size="sm"
            aria-label="Days to go back"
            aria-invalid={!isGood}
            inputMode="numeric"
            value={text}
            disabled={isDisabled}
            onChange={(event) => setText(event.target.value)}
            className="w-16!"
          />
          <span className="text-muted text-sm">of 1 to {mostDays} days</span>
          {wanted !== days && (
            <Button size="sm" disabled={!isGood} busy={manage.isBusy} onClick={() => change(true, wanted)}>
              Go back that far
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
