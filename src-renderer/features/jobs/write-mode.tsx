import type { WriteMode } from '../../../src-shared/contracts/jobs.ts';
import { Segmented } from '../../ui/segmented.tsx';

/** What to do with items that are there already. */
export function WriteModeField({ mode, onChange }: { mode: WriteMode; onChange: (mode: WriteMode) => void }) {
  return (
    <div className="flex flex-col gap-1.5">
      <span className="font-medium text-muted text-sm">Items that are there already</span>
      <div>
        <Segmented
          label="Items that are there already"
          value={mode}
          onChange={onChange}
          options={[
            { value: 'keep', label: 'Leave them' },
            { value: 'overwrite', label: 'Write over them' },
          ]}
        />
      </div>
      <p className="text-faint text-sm">
        {mode === 'keep'
          ? 'Each item is written on condition that there is none with its key. The ledger names those that were there.'
          : 'What is there is replaced, whole, by what is written. It is quicker: 25 items a request.'}
      </p>
    </div>
  );
}
