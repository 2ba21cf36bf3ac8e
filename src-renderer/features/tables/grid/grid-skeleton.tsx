import { Skeleton } from '../../../ui/skeleton.tsx';
import { headerHeight, rowHeight } from './use-grid-windows.ts';

const widths = ['w-36', 'w-28', 'w-44', 'w-20', 'w-32'];
const rows = Array.from({ length: 12 }, (_, index) => index);

/** A grid that is still to come. */
export function GridSkeleton() {
  return (
    <div role="status" className="min-h-0 flex-1 overflow-hidden">
      <span className="sr-only">Reading items</span>
      <div className="border-line-strong border-b bg-canvas" style={{ height: headerHeight }} />
      {rows.map((row) => (
        <div key={row} className="flex items-center gap-10 border-line border-b px-2.5" style={{ height: rowHeight }}>
          {widths.map((width, column) => (
            <Skeleton key={width} className={`h-2.5 shrink-0 ${widths[(row + column) % widths.length]}`} />
          ))}
        </div>
      ))}
    </div>
  );
}
