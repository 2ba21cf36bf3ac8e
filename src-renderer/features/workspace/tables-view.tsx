import { Activity } from 'react';
import { useDesk } from '../../state/desks.ts';
import { usePreference } from '../../state/preferences.ts';
import { Splitter } from '../../ui/splitter.tsx';
import { useDrawn } from '../shared/use-drawn.ts';
import { useTitle } from '../shared/use-title.ts';
import { NothingOpen } from '../tables/nothing-open.tsx';
import { TableList } from '../tables/table-list.tsx';
import { TableTabs } from '../tables/table-tabs.tsx';
import { TableView } from '../tables/table-view.tsx';
import { useSession } from './session-context.tsx';

const narrowest = 180;
const widest = 480;

/** The table browser: the region's tables on the left, the open ones on the right. */
export function TablesView() {
  useDrawn();
  const { session, desk } = useSession();
  const { open, active } = useDesk(desk);
  const [width, setWidth] = usePreference('sidebarWidth');
  useTitle(active, session.role.name, session.region);
  return (
    <div className="flex min-h-0 flex-1">
      <aside
        aria-label="Tables"
        className="relative shrink-0 border-line border-r bg-canvas"
        style={{ width: `min(${width}px, 40vw)` }}
      >
        <TableList />
        <Splitter
          label="Width of the table list"
          side="right"
          width={width}
          min={narrowest}
          max={widest}
          onChange={setWidth}
        />
      </aside>
      <main className="flex min-w-0 flex-1 flex-col bg-surface">
        {open.length > 0 && <TableTabs />}
        {active === undefined && <NothingOpen />}
        {open.map((table) => (
          // A table behind another keeps what was read of it, its scroll position and its selection.
          <Activity key={table} mode={table === active ? 'visible' : 'hidden'}>
            <TableView table={table} />
          </Activity>
        ))}
      </main>
    </div>
  );
}
