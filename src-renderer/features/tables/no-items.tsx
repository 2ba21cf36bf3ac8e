import { Rows3, SearchX } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { capitalized, formatCount, plural } from '../shared/format.ts';
import { useCriteria } from './reading/table-work.ts';
import { stopWords } from './reading/words.ts';
import type { Items } from './use-items.ts';

/** Nothing to show. Why that is so is always said: "nothing yet" is not "nothing there". */
export function NoItems({ items, table }: { items: Items; table: string }) {
  const [{ budget }] = useCriteria(items.work);
  const { request, sum, stop, isRunning } = items;
  if (!request) {
    return (
      <EmptyState icon={Rows3} title="Nothing has been read yet">
        Fill in what to read, then press {items.plan.operation === 'GetItem' ? 'Get item' : items.plan.operation}.
      </EmptyState>
    );
  }
  if (isRunning || stop !== 'end') {
    return (
      <EmptyState
        icon={SearchX}
        title={`No match among the ${plural(sum.read, 'item')} read so far`}
        action={
          isRunning ? (
            <Button onClick={() => items.work.reading.cancel()}>Stop</Button>
          ) : (
            <Button onClick={items.resume}>Resume</Button>
          )
        }
      >
        {isRunning
          ? 'Reading on …'
          : `${capitalized(stopWords(stop ?? 'person', request, budget))}; there is more to read.`}
      </EmptyState>
    );
  }
  if (request.operation === 'GetItem') {
    return (
      <EmptyState icon={SearchX} title="There is no item with this key">
        DynamoDB was asked just now. Keys differ by case and by type.
      </EmptyState>
    );
  }
  if (request.filter) {
    return (
      <EmptyState icon={SearchX} title="No item matches">
        All {formatCount(sum.read)} items {request.operation === 'Query' ? 'with this key' : ''} were read, and none
        matches the filter. Types matter: the number 42 is not the text "42".
      </EmptyState>
    );
  }
  if (request.operation === 'Query') {
    return <EmptyState icon={SearchX} title="There are no items with this key" />;
  }
  return (
    <EmptyState icon={Rows3} title={`${request.index ?? table} is empty`}>
      DynamoDB was asked just now: there are no items.
    </EmptyState>
  );
}
