import type { UseQueryResult } from '@tanstack/react-query';
import { Activity, History, Play, TimerOff } from 'lucide-react';
import { useStore } from 'zustand';
import type { TableDetails } from '../../../src-shared/contracts/tables.ts';
import type { RolegateError } from '../../../src-shared/errors.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ErrorView } from '../shared/error-view.tsx';
import { DetailsGate } from '../tables/details-gate.tsx';
import { StreamSetting } from '../tables/manage/stream-setting.tsx';
import { useManage } from '../tables/manage/use-manage.ts';
import { useSession } from '../workspace/session-context.tsx';
import { StreamEvents } from './stream-events.tsx';
import type { StreamTail } from './stream-tail.ts';
import { useStreamTail } from './use-stream-tail.ts';
import { viewWords } from './words.ts';

/** The changes of a table as they happen. */
export function StreamView({ details }: { details: UseQueryResult<TableDetails, RolegateError> }) {
  return <DetailsGate details={details}>{(table) => <Stream key={table.name} details={table} />}</DetailsGate>;
}

function Stream({ details }: { details: TableDetails }) {
  const tail = useStreamTail(details.name);
  const { isOver } = useSession();
  const { status, error, events } = useStore(tail.store);
  const hasStream = details.streamView !== undefined;
  if (!hasStream && status !== 'over' && events.length === 0) return <NoStream details={details} />;
  if (status === 'off') return <NoStream details={details} />;
  if (status === 'failed' && events.length === 0) {
    return <ErrorView error={error} onRetry={() => void tail.resume()} />;
  }
  if (status === 'idle' && isOver) return <EmptyState icon={TimerOff} title="The session has ended" />;
  if (status === 'idle') return <Start tail={tail} view={details.streamView} />;
  return <StreamEvents tail={tail} keyNames={details.key.map(({ name }) => name)} />;
}

/** Nothing is read before somebody says from where. */
function Start({ tail, view }: { tail: StreamTail; view: string | undefined }) {
  return (
    <EmptyState
      icon={Activity}
      title="Follow the changes of this table"
      action={
        <div className="flex flex-wrap justify-center gap-2">
          <Button variant="primary" icon={Play} onClick={() => void tail.start('latest')}>
            Follow from now on
          </Button>
          <Button icon={History} onClick={() => void tail.start('oldest')}>
            From the oldest that is kept
          </Button>
        </div>
      }
    >
      DynamoDB keeps each change for 24 hours. {viewWords(view)} Reading them does not use the table’s capacity.
    </EmptyState>
  );
}

function NoStream({ details }: { details: TableDetails }) {
  const manage = useManage();
  const { isOver } = useSession();
  return (
    <EmptyState
      icon={Activity}
      title={`${details.name} has no stream`}
      action={
        isOver ? undefined : (
          <div className="flex flex-col items-center gap-3">
            <StreamSetting details={details} manage={manage} first="NEW_AND_OLD_IMAGES" />
            {manage.error && <ErrorView inline error={manage.error} />}
          </div>
        )
      }
    >
      <p>
        A stream holds the table’s changes for 24 hours. Choose what of each change it is to hold; nothing is switched
        on before you press the button.
      </p>
      <div className="pt-3 text-left">
        <Notice>Only changes after that are in it. It takes dynamodb:UpdateTable on the table.</Notice>
      </div>
    </EmptyState>
  );
}
