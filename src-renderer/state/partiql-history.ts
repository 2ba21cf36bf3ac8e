import * as z from 'zod/mini';
import { useStore } from 'zustand';
import { withoutLiterals } from '../../src-shared/partiql/without-values.ts';
import { newest, persistedStore } from './persisted.ts';

const ran = z.object({ at: z.number(), text: z.string(), mode: z.enum(['statement', 'batch', 'transaction']) });
const schema = z.object({ keepsValues: z.boolean(), places: z.record(z.string(), z.array(ran)) });

/** Statements that were run. */
export type RanStatements = z.infer<typeof ran>;

const store = persistedStore<z.infer<typeof schema>>('partiql-history', schema, { keepsValues: false, places: {} });
const rememberedRuns = 50;
const rememberedPlaces = 60;
const none: RanStatements[] = [];

/** What was run in an account's region, the latest first. */
export function usePartiqlHistory(place: string): readonly RanStatements[] {
  return useStore(store, ({ places }) => places[place] ?? none);
}

/** Whether what is remembered keeps its values, and the function that changes it. What is kept already stays. */
export function useKeepsValues(): [boolean, (keeps: boolean) => void] {
  return [useStore(store, ({ keepsValues }) => keepsValues), (keepsValues) => store.setState({ keepsValues })];
}

/** Remembers what was run. Its values, which may be anybody's data, are left out unless the person wants them. */
export function rememberStatements(place: string, run: RanStatements): void {
  const { keepsValues, places } = store.getState();
  const text = keepsValues ? run.text.trim() : withoutLiterals(run.text);
  const { [place]: known = [], ...others } = places;
  const next = [{ ...run, text }, ...known.filter((other) => other.text !== text)].slice(0, rememberedRuns);
  store.setState({ places: newest({ ...others, [place]: next }, rememberedPlaces) });
}

/** Forgets what was run in an account's region. */
export function clearPartiqlHistory(place: string): void {
  const { [place]: _, ...places } = store.getState().places;
  store.setState({ places });
}
