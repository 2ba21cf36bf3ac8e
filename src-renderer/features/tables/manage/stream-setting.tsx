import { useState } from 'react';
import type { TableDetails } from '../../../../src-shared/contracts/tables.ts';
import { Button } from '../../../ui/button.tsx';
import { Select } from '../../../ui/select.tsx';
import { streamOptions } from './stream-options.ts';
import type { useManage } from './use-manage.ts';

export interface StreamSettingProps {
  details: TableDetails;
  manage: ReturnType<typeof useManage>;
  /** What is suggested where there is no stream. */
  first?: string;
}

/** What a table's stream holds. It changes by its button only. */
export function StreamSetting({ details, manage, first = 'off' }: StreamSettingProps) {
  const now = details.streamView ?? 'off';
  const [next, setNext] = useState(now === 'off' ? first : now);
  const view = next === 'off' ? {} : { view: next as 'KEYS_ONLY' };
  return (
    <div className="flex items-center gap-2">
      <Select
        size="sm"
        label="Stream"
        placeholder="off"
        value={next}
        onChange={setNext}
        options={streamOptions}
        className="w-48"
      />
      {next !== now && (
        <Button
          size="sm"
          variant="primary"
          busy={manage.isBusy}
          onClick={() =>
            void manage.change(details.name, { kind: 'stream', ...view }, `Stream of ${details.name} changed`)
          }
        >
          {now === 'off' ? 'Switch the stream on' : next === 'off' ? 'Switch the stream off' : 'Change the stream'}
        </Button>
      )}
    </div>
  );
}
