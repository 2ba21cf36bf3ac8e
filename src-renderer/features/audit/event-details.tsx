import { X } from 'lucide-react';
import { useEffect } from 'react';
import { CodeBlock } from '../../ui/code-block.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { formatMoment } from '../shared/format.ts';
import { type AuditEvent, documentsOf, factsOf } from './audit-event.ts';

/** All that is known of an event. */
export function EventDetails({ event, onClose }: { event: AuditEvent; onClose: () => void }) {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) onClose();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [onClose]);
  return (
    <aside
      aria-label="Event"
      className="flex w-96 shrink-0 flex-col overflow-y-auto border-line border-l bg-canvas"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: without it the keyboard could not scroll.
      tabIndex={0}
    >
      <div className="flex h-11 shrink-0 items-center gap-1 border-line border-b px-4">
        <h2 className="min-w-0 flex-1 truncate font-medium">{event.event}</h2>
        <CopyButton text={event.line} label="Copy the event as JSON" caption="JSON" />
        <IconButton icon={X} label="Close" onClick={onClose} />
      </div>
      <div className="flex flex-col gap-4 px-4 py-3">
        {event.time !== 0 && <p className="text-muted text-sm">{formatMoment(event.time)}</p>}
        <dl className="flex flex-col gap-2 text-sm">
          {factsOf(event.line).map(({ name, value }) => (
            <div key={name} className="flex gap-3">
              <dt className="w-32 shrink-0 truncate text-faint" title={name}>
                {name}
              </dt>
              <dd className="min-w-0 flex-1 select-text [overflow-wrap:anywhere]">{value}</dd>
            </div>
          ))}
        </dl>
        {documentsOf(event.line).map(({ title, text }) => (
          <section key={title} aria-label={title} className="flex flex-col gap-1.5">
            <h3 className="font-medium text-muted text-sm">{title}</h3>
            <div className="rounded-lg bg-sunken ring-1 ring-line ring-inset">
              <CodeBlock>{text}</CodeBlock>
            </div>
          </section>
        ))}
      </div>
    </aside>
  );
}
