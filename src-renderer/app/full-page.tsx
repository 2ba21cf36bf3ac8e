import { useDrawn } from '../features/shared/use-drawn.ts';
import { Button } from '../ui/button.tsx';
import { Mark } from '../ui/mark.tsx';

export interface FullPageProps {
  title: string;
  hint?: string | undefined;
  /** Offers to load the page again, where that may help. */
  canReload?: boolean;
}

/** A page for when there is nothing else to show. It needs no state, no bridge and no portal. */
export function FullPage({ title, hint, canReload = false }: FullPageProps) {
  useDrawn();
  return (
    <main className="flex h-full flex-col items-center justify-center gap-5 px-8 text-center">
      <Mark size={40} />
      <div className="flex max-w-lg flex-col gap-1.5">
        <h1 className="text-balance font-semibold text-lg">{title}</h1>
        {hint !== undefined && <p className="text-balance text-muted">{hint}</p>}
      </div>
      {canReload && (
        <Button variant="primary" onClick={() => location.reload()}>
          Reload
        </Button>
      )}
    </main>
  );
}
