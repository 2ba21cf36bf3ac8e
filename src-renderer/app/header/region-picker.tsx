import { useState } from 'react';
import type { AppSession } from '../../../src-shared/contracts/state.ts';
import { RegionList } from '../../features/shared/region-list.tsx';
import { useChooseRegion } from '../../features/shared/use-choose-region.ts';
import { Popover } from '../../ui/popover.tsx';
import { Segment } from './segment.tsx';

/** Which region is looked at. Each region has its own tables, and its own desk. */
export function RegionPicker({ session }: { session: AppSession }) {
  const [isOpen, setOpen] = useState(false);
  const chooseRegion = useChooseRegion(session.id);
  const choose = (region: string) => {
    setOpen(false);
    if (region !== session.region) chooseRegion(region);
  };
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      label="Regions"
      className="h-96 w-72 p-2"
      trigger={
        <Segment aria-label={`Region ${session.region}`} className="shrink-0">
          <span className="font-mono text-sm">{session.region}</span>
        </Segment>
      }
    >
      <RegionList partition={session.role.partition} current={session.region} onChoose={choose} />
    </Popover>
  );
}
