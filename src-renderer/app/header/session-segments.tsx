import type { AppSession } from '../../../src-shared/contracts/state.ts';
import { AppMenu } from './app-menu.tsx';
import { RegionPicker } from './region-picker.tsx';
import { RoleSwitcher } from './role-switcher.tsx';
import { SegmentLine } from './segment.tsx';

/** App, role, account and region of a session. */
export function SessionSegments({ session }: { session: AppSession }) {
  return (
    <div className="flex min-w-0 items-center gap-1">
      <AppMenu current={session.app} />
      <SegmentLine />
      <RoleSwitcher session={session} />
      <SegmentLine />
      <span title="AWS account" className="px-2 font-mono text-muted text-sm tabular">
        {session.role.accountId}
      </span>
      <SegmentLine />
      <RegionPicker session={session} />
    </div>
  );
}
