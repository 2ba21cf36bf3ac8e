import { Play, Square } from 'lucide-react';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { PartiqlMode } from '../../../src-shared/contracts/partiql.ts';
import { confirmationWord, writeWords } from '../../../src-shared/partiql/classify.ts';
import type { CompletionSource } from '../../../src-shared/partiql/completions.ts';
import { type PartiqlPlan, planPartiql } from '../../../src-shared/partiql/plan.ts';
import { useClient } from '../../bridge/react.tsx';
import { rememberStatements } from '../../state/partiql-history.ts';
import { usePreference } from '../../state/preferences.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useShortcut } from '../../ui/use-shortcut.ts';
import { capitalized } from '../shared/format.ts';
import { useDrawn } from '../shared/use-drawn.ts';
import { useTitle } from '../shared/use-title.ts';
import { seenNames } from '../tables/reading/table-work.ts';
import { useTables } from '../tables/use-tables.ts';
import { useSession } from '../workspace/session-context.tsx';
import { HeightHandle } from './height-handle.tsx';
import { HistoryMenu } from './history-menu.tsx';
import { Parameters } from './parameters.tsx';
import { partiqlLanguage } from './partiql-language.ts';
import type { PartiqlRequest } from './partiql-run.ts';
import { useDraft, usePartiqlWork } from './partiql-work.ts';
import { PlanNotes } from './plan-notes.tsx';
import { Results } from './results.tsx';
import { useKnownTables } from './use-known-tables.ts';
import { WriteDialog } from './write-dialog.tsx';

const CodeEditor = lazy(() => import('../../ui/code-editor.tsx').then((m) => ({ default: m.CodeEditor })));

const modes: { value: PartiqlMode; label: string }[] = [
  { value: 'statement', label: 'Statement' },
  { value: 'batch', label: 'Batch' },
  { value: 'transaction', label: 'Transaction' },
];

/** PartiQL: an editor, what its button would do, and what came of it. */
export function PartiqlView() {
  useDrawn();
  const client = useClient();
  const { session, where, isOver, safety } = useSession();
  useTitle('PartiQL', session.role.name, session.region);
  const work = usePartiqlWork();
  const [draft, change] = useDraft(work);
  const [height, setHeight] = usePreference('partiqlHeight');
  const isRunning = useStore(work.run.store, ({ status }) => status === 'running');
  const tables = useTables(where, !isOver);
  const named = useMemo(() => planPartiql(draft, () => undefined), [draft]);
  const detailsOf = useKnownTables(tablesIn(named), tables.names);
  const plan = useMemo(() => planPartiql(draft, detailsOf), [draft, detailsOf]);
  const [asked, ask] = useState<PartiqlPlan>();
  const history = JSON.stringify([session.role.accountId, where.region]);
  const isHeld = !plan.isReading && safety.heldBy !== undefined;
  const canRun = plan.request !== undefined && !isOver && !isHeld && !isRunning;

  const start = (from: PartiqlPlan, meant: PartiqlRequest['meant']) => {
    if (!from.request) return;
    rememberStatements(history, { at: Date.now(), text: draft.text, mode: draft.mode });
    const { mode, consistent } = draft;
    const [table, ...others] = tablesIn(from);
    void work.run.start({
      mode,
      statements: from.request,
      consistent: consistent && from.isReading && mode !== 'transaction',
      meant,
      words: capitalized(runWords(from, mode).replace(/^Run /, '')),
      isReading: from.isReading,
      table: others.length === 0 ? table : undefined,
    });
  };
  const run = () => {
    if (!canRun) return;
    if (plan.isReading) start(plan, { writes: false });
    else ask(plan);
  };
  useShortcut({ key: 'enter', with: 'command' }, run);

  // The editor is made once; what it completes from changes under it.
  const known = useRef<CompletionSource>({ tables: [], detailsOf, seenOf: () => [] });
  useEffect(() => {
    known.current = { tables: tables.names, detailsOf, seenOf: (table) => seenNames(client, where, table) };
  });
  const language = useMemo(() => partiqlLanguage(() => known.current), []);

  return (
    <main className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface">
      <header className="flex shrink-0 flex-wrap items-center gap-2 border-line border-b px-3 py-2">
        <h1 className="mr-1 font-semibold text-lg">PartiQL</h1>
        <Segmented label="Run as" value={draft.mode} onChange={(mode) => change({ mode })} options={modes} />
        <span className="text-faint text-sm">{modeWords[draft.mode]}</span>
        <span className="flex-1" />
        {plan.isReading && draft.mode !== 'transaction' && (
          <Checkbox checked={draft.consistent} onChange={(consistent) => change({ consistent })}>
            Consistent
          </Checkbox>
        )}
        <HistoryMenu place={history} onLoad={({ text, mode }) => change({ text, mode, place: 0, parameters: [] })} />
        {isRunning ? (
          <Button size="sm" icon={Square} className="min-w-28" onClick={() => work.run.cancel()}>
            Stop
          </Button>
        ) : (
          <Button
            size="sm"
            variant={plan.isReading ? 'primary' : 'danger'}
            icon={Play}
            disabled={!canRun}
            onClick={run}
            title="Ctrl+Enter"
            aria-keyshortcuts="Control+Enter"
            className="min-w-28"
          >
            {runWords(plan, draft.mode)}
          </Button>
        )}
      </header>
      <div className="relative shrink-0 border-line border-b" style={{ height: `min(${height}px, 50vh)` }}>
        <Suspense fallback={<Skeleton className="m-3 h-4 w-64" />}>
          <CodeEditor
            label="PartiQL statements"
            className="h-full"
            value={draft.text}
            onChange={(text) => change({ text })}
            onPlace={(place) => change({ place })}
            onRun={run}
            extensions={language}
            hint={'SELECT * FROM "Music" WHERE Artist = ?'}
          />
        </Suspense>
        <HeightHandle height={height} onChange={setHeight} />
      </div>
      <Parameters draft={draft} plan={plan} onChange={change} />
      <PlanNotes plan={plan} detailsOf={detailsOf} isHeld={isHeld} />
      <div className="flex min-h-0 flex-1 flex-col">
        <Results run={work.run} detailsOf={detailsOf} />
      </div>
      {asked && (
        <WriteDialog
          plan={asked}
          mode={draft.mode}
          place={`${session.role.name} in account ${session.role.accountId}, ${where.region}`}
          isProduction={safety.isProduction}
          onClose={() => ask(undefined)}
          onConfirm={() => {
            ask(undefined);
            const word = confirmationWord(asked.chosen.map(({ kind }) => kind));
            start(asked, { writes: true, ...(safety.isProduction && { confirmed: word }) });
          }}
        />
      )}
    </main>
  );
}

const modeWords: Record<PartiqlMode, string> = {
  statement: 'the one at the cursor',
  batch: 'up to 25, each by itself',
  transaction: 'up to 100, all or nothing',
};

/** What the button says: what it will do. */
function runWords({ chosen }: PartiqlPlan, mode: PartiqlMode): string {
  if (mode !== 'statement') return `Run ${mode}${chosen.length > 0 ? ` of ${chosen.length}` : ''}`;
  const [only] = chosen;
  if (!only || only.kind.verb === 'unknown') return 'Run';
  return capitalized(only.kind.isReading ? 'select' : writeWords([only.kind]).replace(/ .*/, ''));
}

function tablesIn({ chosen }: PartiqlPlan): string[] {
  return [...new Set(chosen.map(({ kind }) => kind.table).filter((table) => table !== undefined))];
}
