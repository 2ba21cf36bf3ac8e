import type { PartiqlPage } from '../../../src-shared/contracts/partiql.ts';
import { RolegateError } from '../../../src-shared/errors.ts';
import { classifyStatement } from '../../../src-shared/partiql/classify.ts';
import type { FakeTable } from './tables.ts';

const perPage = 200;

/** Runs statements as far as a made-up table can: a SELECT gives its first items, whatever it asks for. */
export function runPartiql(
  tables: readonly FakeTable[],
  statements: readonly { text: string }[],
  nextToken: string | undefined,
): PartiqlPage {
  const start = Number(nextToken ?? 0);
  const outcomes = statements.map(({ text }) => {
    const { table, isReading } = classifyStatement(text);
    const found = tables.find(({ details }) => details.name === table);
    if (!found) {
      const error = new RolegateError('aws', 'Requested resource not found', { awsCode: 'ResourceNotFound' });
      if (statements.length === 1) throw error;
      return { items: [], error: error.toData() };
    }
    const count = isReading ? Math.min(statements.length > 1 ? 1 : perPage, found.count - start) : 0;
    return { items: Array.from({ length: count }, (_, at) => found.item(start + at)), count: found.count };
  });
  const [only] = outcomes;
  const hasMore = statements.length === 1 && only?.items.length === perPage && start + perPage < (only.count ?? 0);
  return {
    outcomes: outcomes.map(({ items, error }) => (error ? { items, error } : { items })),
    ...(hasMore && { nextToken: String(start + perPage) }),
    capacityUnits: 5.5,
    retries: 0,
    throttling: [],
  };
}
