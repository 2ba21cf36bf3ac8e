import { LoaderCircle } from 'lucide-react';

/** Says quietly that the connection is gone and being made again. It lies over the page and moves nothing. */
export function Reconnecting() {
  return (
    <div
      role="status"
      className="fixed bottom-4 left-1/2 z-60 flex -translate-x-1/2 items-center gap-2.5 rounded-full bg-raised px-4 py-2 shadow-pop"
    >
      <LoaderCircle size={14} aria-hidden="true" className="animate-spin text-faint" />
      <span className="text-muted text-sm">Reconnecting to Rolegate…</span>
    </div>
  );
}
