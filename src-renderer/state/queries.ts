import * as z from 'zod/mini';
import { useStore } from 'zustand';
import type { Criteria } from '../../src-shared/reading/criteria.ts';
import { withoutValues } from '../../src-shared/reading/criteria.ts';
import { criteria } from '../../src-shared/reading/criteria-schema.ts';
import { newest, persistedStore } from './persisted.ts';

const saved = z.object({ name: z.string().check(z.minLength(1), z.maxLength(200)), criteria });
const ran = z.object({ at: z.number(), operation: z.string(), criteria });
const ofTable = z.object({ saved: z.array(saved), history: z.array(ran) });
const schema = z.record(z.string(), ofTable);

/** A query with a name. */
export type SavedQuery = z.infer<typeof saved>;
/** A query that was run, without its values. */
export type RanQuery = z.infer<typeof ran>;

const store = persistedStore<z.infer<typeof schema>>('queries', schema, {});
const rememberedTables = 200;
const rememberedRuns = 30;
const none: z.infer<typeof ofTable> = { saved: [], history: [] };

/** The queries of a table: those with a name, and those that were run lately. */
export function useQueries(tableKey: string): z.infer<typeof ofTable> {
  return useStore(store, (tables) => tables[tableKey] ?? none);
}

/** Saves a query under a name, in place of one that had it. */
export function saveQuery(tableKey: string, query: SavedQuery): void {
  change(tableKey, (queries) => ({
    ...queries,
    saved: [...queries.saved.filter(({ name }) => name !== query.name), query],
  }));
}

/** Forgets a saved query. */
export function forgetQuery(tableKey: string, name: string): void {
  change(tableKey, (queries) => ({ ...queries, saved: queries.saved.filter((query) => query.name !== name) }));
}

/** Remembers that a query was run; its values, which may be anybody's data, are not kept. */
export function rememberRun(tableKey: string, operation: string, run: Criteria, at: number): void {
  const kept = withoutValues(run);
  const text = JSON.stringify(kept);
  change(tableKey, (queries) => ({
    ...queries,
    history: [
      { at, operation, criteria: kept },
      ...queries.history.filter((other) => JSON.stringify(other.criteria) !== text),
    ].slice(0, rememberedRuns),
  }));
}

/** Forgets what was run. */
export function clearHistory(tableKey: string): void {
  change(tableKey, (queries) => ({ ...queries, history: [] }));
}

/** What a file of queries begins with: what it is, and in which form. */
const fileKind = 'rolegate-queries';
const queryFile = z.strictObject({
  kind: z.literal(fileKind),
  version: z.literal(1),
  queries: z.array(saved).check(z.maxLength(1000)),
});

/** Queries as a file to be shared, with their values only if that is wished. */
export function queriesFile(queries: readonly SavedQuery[], hasValues: boolean): string {
  const shared = queries.map((query) => (hasValues ? query : { ...query, criteria: withoutValues(query.criteria) }));
  return `${JSON.stringify({ kind: fileKind, version: 1, queries: shared }, null, 2)}\n`;
}

/**
 * Reads queries that somebody has shared: a file of them, or one alone as it is copied.
 *
 * @returns a sentence for text that is none
 */
export function parseQueries(text: string): SavedQuery[] | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'This is not JSON.';
  }
  try {
    return queriesIn(value);
  } catch {
    // A filter inside a filter, thousands of times over, is more than any reader goes down into.
    return 'The file cannot be read: its filters are nested too deeply.';
  }
}

function queriesIn(value: unknown): SavedQuery[] | string {
  const one = saved.safeParse(value);
  if (one.success) return [one.data];
  const file = queryFile.safeParse(value);
  if (file.success) return file.data.queries;
  if ((value as { kind?: unknown } | null)?.kind !== fileKind) return 'This is not a file of queries of Rolegate.';
  const [issue] = file.error.issues;
  return `The file cannot be read at ${issue?.path.join('.') || 'its beginning'}: ${issue?.message ?? 'unknown'}.`;
}

function change(tableKey: string, how: (queries: z.infer<typeof ofTable>) => z.infer<typeof ofTable>): void {
  const { [tableKey]: current = none, ...others } = store.getState();
  store.setState(newest({ ...others, [tableKey]: how(current) }, rememberedTables), true);
}
