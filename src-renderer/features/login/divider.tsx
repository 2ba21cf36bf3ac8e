/** A line between two ways to log in. */
export function Divider({ text }: { text: string }) {
  return (
    <div className="flex items-center gap-3 text-faint text-sm short:hidden" aria-hidden="true">
      <span className="h-px flex-1 bg-line" />
      {text}
      <span className="h-px flex-1 bg-line" />
    </div>
  );
}
