import { ArrowLeft, type LucideIcon } from 'lucide-react';
import { leaveAside } from '../../state/place.ts';
import { cx } from '../../ui/cx.ts';

export interface SectionNavProps<Id extends string> {
  /** What the sections are parts of. */
  label: string;
  /** What the way back is called. */
  back: string;
  sections: readonly { id: Id; label: string; icon: LucideIcon }[];
  current: Id;
  onChoose: (id: Id) => void;
}

/** The parts of a page beside the work (settings, administration), and the way back to the work. */
export function SectionNav<Id extends string>({ label, back, sections, current, onChoose }: SectionNavProps<Id>) {
  return (
    <nav
      aria-label={label}
      className="flex w-56 shrink-0 flex-col gap-0.5 overflow-y-auto border-line border-r bg-canvas p-2"
    >
      <button
        type="button"
        onClick={leaveAside}
        className="mb-2 flex h-8 shrink-0 items-center gap-2.5 rounded-md px-2 text-muted hover:bg-hover hover:text-text"
      >
        <ArrowLeft size={15} aria-hidden="true" />
        {back}
      </button>
      {sections.map(({ id, label: name, icon: Icon }) => (
        <button
          key={id}
          type="button"
          aria-current={id === current ? 'page' : undefined}
          onClick={() => onChoose(id)}
          className={cx(
            'flex h-8 shrink-0 items-center gap-2.5 rounded-md px-2 text-left',
            id === current ? 'bg-pressed font-medium text-text' : 'text-muted hover:bg-hover hover:text-text',
          )}
        >
          <Icon size={15} aria-hidden="true" className="shrink-0" />
          <span className="truncate">{name}</span>
        </button>
      ))}
    </nav>
  );
}
