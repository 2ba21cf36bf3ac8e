import { LoaderCircle } from 'lucide-react';

/** Says that something is under way. */
export function Spinner({ size = 14, label = 'Loading' }: { size?: number; label?: string }) {
  return (
    <span role="status" className="inline-flex text-faint">
      <LoaderCircle size={size} aria-hidden="true" className="animate-spin" />
      <span className="sr-only">{label}</span>
    </span>
  );
}
