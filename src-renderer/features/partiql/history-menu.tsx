import { History } from 'lucide-react';
import { useState } from 'react';
import {
  clearPartiqlHistory,
  type RanStatements,
  useKeepsValues,
  usePartiqlHistory,
} from '../../state/partiql-history.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Popover } from '../../ui/popover.tsx';
import { formatMoment } from '../shared/format.ts';

/** What was run lately. It is filled in again, never run by itself. */
export function HistoryMenu({ place, onLoad }: { place: string; onLoad: (run: RanStatements) => void }) {
  const [isOpen, setOpen] = useState(false);
  const history = usePartiqlHistory(place);
  const [keepsValues, setKeepsValues] = useKeepsValues();
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      label="Statements run lately"
      align="end"
      className="w-120"
      trigger={
        <Button size="sm" variant="ghost" icon={History}>
          History
        </Button>
      }
    >
      <div className="flex min-h-0 flex-1 flex-col gap-0.5 overflow-y-auto p-2">
        {history.length === 0 && <p className="px-1.5 py-1 text-muted">Nothing has been run yet.</p>}
        {history.map((run) => (
          <button
            key={run.at}
            type="button"
            onClick={() => {
              onLoad(run);
              setOpen(false);
            }}
            className="ring-inside rounded-md px-1.5 py-1 text-left hover:bg-hover"
          >
            <span className="line-clamp-2 break-all font-mono text-sm">{run.text}</span>
            <span className="block text-faint text-xs">
              {formatMoment(run.at)}
              {run.mode !== 'statement' && `, ${run.mode}`}
            </span>
          </button>
        ))}
      </div>
      <div className="flex items-center justify-between gap-2 border-line border-t p-2.5 text-sm">
        <Checkbox checked={keepsValues} onChange={setKeepsValues}>
          Remember values too
        </Checkbox>
        {history.length > 0 && (
          <Button size="sm" variant="ghost" onClick={() => clearPartiqlHistory(place)}>
            Clear
          </Button>
        )}
      </div>
    </Popover>
  );
}
