import type { PartiqlMode } from '../../../src-shared/contracts/partiql.ts';
import { confirmationWord, writeWords } from '../../../src-shared/partiql/classify.ts';
import type { PartiqlPlan } from '../../../src-shared/partiql/plan.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { capitalized, plural } from '../shared/format.ts';

export interface WriteDialogProps {
  plan: PartiqlPlan;
  mode: PartiqlMode;
  /** Which account and region, so that nobody writes into another one than they think. */
  place: string;
  isProduction: boolean;
  onClose: () => void;
  onConfirm: () => void;
}

const shownStatements = 10;

/** Asks before statements are sent that write: nothing takes them back. */
export function WriteDialog({ plan, mode, place, isProduction, onClose, onConfirm }: WriteDialogProps) {
  const kinds = plan.chosen.map(({ kind }) => kind);
  const words = writeWords(kinds);
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`${capitalized(words)}?`}
      action={mode === 'statement' ? 'Run it' : `Run the ${mode}`}
      onConfirm={onConfirm}
      {...(isProduction && { typeToConfirm: confirmationWord(kinds) })}
    >
      <div className="flex flex-col gap-2">
        <p>
          {isProduction && <strong className="font-semibold text-bad">This is production. </strong>}
          {place}. It is written at once and cannot be undone; it does not look whether somebody else has changed the
          items.
        </p>
        <ol className="flex max-h-48 list-decimal flex-col gap-1 overflow-y-auto rounded-lg bg-sunken p-3 pl-8 font-mono text-sm text-text">
          {plan.chosen.slice(0, shownStatements).map(({ statement, at }) => (
            <li key={at} className="whitespace-pre-wrap [overflow-wrap:anywhere]">
              {statement.text}
            </li>
          ))}
        </ol>
        {plan.chosen.length > shownStatements && (
          <p>and {plural(plan.chosen.length - shownStatements, 'more statement', 'more statements')}</p>
        )}
      </div>
    </ConfirmDialog>
  );
}
