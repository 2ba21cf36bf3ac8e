import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ParameterDraft, PartiqlDraft } from '../../../src-shared/partiql/plan.ts';
import { emptyParameter } from '../../../src-shared/partiql/plan.ts';
import type { RolegateClient } from '../../bridge/client.ts';
import { useClient } from '../../bridge/react.tsx';
import { useSession } from '../workspace/session-context.tsx';
import { PartiqlRun } from './partiql-run.ts';

/** What stands in the editor, beside what is run. */
export type Draft = PartiqlDraft & { consistent: boolean };

/** The editor of one session in one region: what was typed, and what came of it. */
export interface PartiqlWork {
  draft: StoreApi<Draft>;
  run: PartiqlRun;
}

const empty: Draft = { text: '', mode: 'statement', place: 0, parameters: [], consistent: false };
const works = new WeakMap<RolegateClient, Map<string, PartiqlWork>>();

/** The work of a session in a region. It outlives the view, so that looking something up in a table costs nothing. */
export function partiqlWork(
  client: RolegateClient,
  { appSessionId, region }: { appSessionId: string; region: string },
): PartiqlWork {
  const all = works.get(client) ?? new Map<string, PartiqlWork>();
  works.set(client, all);
  const key = JSON.stringify([appSessionId, region]);
  const known = all.get(key);
  if (known) return known;
  const run = new PartiqlRun({
    run: (input) => client.act('partiql.run', { appSessionId, region, ...input }),
    cancel: (runId) => void client.act('partiql.cancel', { runId }).catch(() => undefined),
  });
  const made = { draft: createStore(() => empty), run };
  all.set(key, made);
  return made;
}

/** The work of the session that one is in. */
export function usePartiqlWork(): PartiqlWork {
  const { where } = useSession();
  return partiqlWork(useClient(), where);
}

/** What stands in the editor, and the function that changes it. */
export function useDraft({ draft }: PartiqlWork): [Draft, (changes: Partial<Draft>) => void] {
  return [useStore(draft), (changes) => draft.setState(changes)];
}

/** The parameters with one of them changed. Pure. */
export function withParameter(
  parameters: Draft['parameters'],
  statement: number,
  place: number,
  changes: Partial<ParameterDraft>,
): Draft['parameters'] {
  const all = Array.from({ length: Math.max(parameters.length, statement + 1) }, (_, at) => parameters[at] ?? []);
  const own = Array.from({ length: Math.max(all[statement]!.length, place + 1) }, (_, at) => {
    return all[statement]![at] ?? emptyParameter;
  });
  own[place] = { ...own[place]!, ...changes };
  all[statement] = own;
  return all;
}
