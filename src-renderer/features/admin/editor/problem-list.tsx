import { CircleAlert, CircleCheck } from 'lucide-react';
import type { DocumentProblem } from '../../../../src-shared/contracts/review-api.ts';
import { Spinner } from '../../../ui/spinner.tsx';
import { plural } from '../../shared/format.ts';

/** What checking has come to. */
export type CheckState =
  | { at: 'checking' }
  | { at: 'checked'; problems: readonly DocumentProblem[] }
  | { at: 'failed'; message: string };

export interface ProblemListProps {
  state: CheckState;
  onChoose: (problem: DocumentProblem) => void;
}

/** What is wrong with the text, each with its place; a click leads there. */
export function ProblemList({ state, onChoose }: ProblemListProps) {
  return (
    <section
      aria-label="What is wrong"
      className="flex max-h-40 min-h-9 shrink-0 flex-col overflow-y-auto border-line border-t px-3 py-1.5 text-sm"
    >
      <div role="status" className="flex min-h-6 items-center gap-2">
        {state.at === 'checking' && (
          <>
            <Spinner label="Checking" /> <span className="text-muted">Checking…</span>
          </>
        )}
        {state.at === 'failed' && <span className="text-bad">It cannot be checked: {state.message}</span>}
        {state.at === 'checked' && state.problems.length === 0 && (
          <>
            <CircleCheck size={14} aria-hidden="true" className="text-good" />
            <span className="text-muted">Nothing is wrong with it.</span>
          </>
        )}
        {state.at === 'checked' && state.problems.length > 0 && (
          <>
            <CircleAlert size={14} aria-hidden="true" className="text-bad" />
            <span className="font-medium">{plural(state.problems.length, 'problem')}</span>
          </>
        )}
      </div>
      {state.at === 'checked' &&
        state.problems.map((problem) => (
          <button
            key={`${problem.line}:${problem.column} ${problem.message}`}
            type="button"
            onClick={() => onChoose(problem)}
            className="flex items-start gap-3 rounded-sm px-1 py-1 text-left hover:bg-hover"
          >
            <span className="w-28 shrink-0 text-faint tabular">
              Line {problem.line}, column {problem.column}
            </span>
            <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
              {problem.message}
              {problem.corrected !== undefined && (
                <span className="mt-1 block whitespace-pre-wrap font-mono text-good text-xs">{problem.corrected}</span>
              )}
            </span>
            {problem.field !== undefined && (
              <span className="max-w-64 shrink-0 truncate font-mono text-faint text-xs">{problem.field}</span>
            )}
          </button>
        ))}
    </section>
  );
}
