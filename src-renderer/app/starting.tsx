import { Mark } from '../ui/mark.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

/** The login screen's bones, until it is known who is there: what follows is drawn in the same places. */
export function Starting() {
  return (
    <main aria-busy="true" className="flex min-h-0 flex-1 flex-col overflow-hidden">
      <h1 className="sr-only">Rolegate is starting</h1>
      <div className="mx-auto flex w-full max-w-112 flex-col gap-5 px-6 pt-[clamp(1rem,8vh,6.5rem)] pb-6 short:gap-3.5 short:pt-4">
        <div className="flex flex-col items-center gap-3">
          <Mark size={44} />
          <Skeleton className="h-6 w-44" />
          <Skeleton className="h-4 w-52" />
        </div>
        <div className="grid grid-cols-2 gap-3">
          <Skeleton className="h-27 rounded-lg" />
          <Skeleton className="h-27 rounded-lg" />
        </div>
        <Skeleton className="h-48 rounded-lg" />
      </div>
    </main>
  );
}
