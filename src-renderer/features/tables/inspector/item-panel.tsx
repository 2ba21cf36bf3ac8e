import type { ReactNode } from 'react';
import { usePreference } from '../../../state/preferences.ts';
import { Splitter } from '../../../ui/splitter.tsx';

const narrowest = 260;
const widest = 900;

export interface ItemPanelProps {
  label: string;
  onEscape?: () => void;
  children: ReactNode;
}

/** Beside the grid: one item, to be looked at or edited. Its width is remembered. */
export function ItemPanel({ label, onEscape, children }: ItemPanelProps) {
  const [width, setWidth] = usePreference('inspectorWidth');
  return (
    <aside
      aria-label={label}
      className="relative flex shrink-0 flex-col border-line border-l bg-surface"
      style={{ width: `min(${width}px, 48%)` }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onEscape?.();
      }}
    >
      <Splitter label="Width of the item" side="left" width={width} min={narrowest} max={widest} onChange={setWidth} />
      {children}
    </aside>
  );
}
