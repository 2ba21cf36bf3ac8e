import type { KeyboardEvent, PointerEvent } from 'react';
import { cx } from './cx.ts';

export interface SplitterProps {
  /** What it makes wider: "Width of the table list". */
  label: string;
  /** Width of that panel, in pixels. */
  width: number;
  min: number;
  max: number;
  onChange: (width: number) => void;
  /** On which side of the panel it stands. */
  side: 'left' | 'right';
  /** Double click: as wide as what is inside. */
  onFit?: () => void;
  /** Leaves the keyboard to whoever surrounds it. */
  isPointerOnly?: boolean;
}

const keyStep = 16;

/** The edge of a panel, to be dragged, or moved with the arrow keys. It lies over the edge and takes no room. */
export function Splitter({ label, width, min, max, onChange, side, onFit, isPointerOnly = false }: SplitterProps) {
  const direction = side === 'right' ? 1 : -1;
  const set = (next: number) => onChange(Math.round(Math.min(max, Math.max(min, next))));

  const startDrag = (event: PointerEvent<HTMLHRElement>) => {
    if (event.button !== 0) return;
    event.preventDefault();
    const handle = event.currentTarget;
    const startX = event.clientX;
    handle.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent) => set(width + direction * (moved.clientX - startX));
    handle.addEventListener('pointermove', move);
    handle.addEventListener('lostpointercapture', () => handle.removeEventListener('pointermove', move), {
      once: true,
    });
  };

  const moveByKey = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -keyStep, ArrowRight: keyStep }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    set(width + direction * step);
  };

  return (
    <hr
      tabIndex={isPointerOnly ? -1 : 0}
      aria-hidden={isPointerOnly || undefined}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuenow={width}
      aria-valuemin={min}
      aria-valuemax={max}
      onPointerDown={startDrag}
      onKeyDown={isPointerOnly ? undefined : moveByKey}
      onDoubleClick={onFit}
      className={cx(
        'absolute inset-y-0 z-10 m-0 h-full w-1.5 cursor-col-resize touch-none border-0 bg-transparent',
        'hover:bg-accent-soft focus-visible:bg-accent-soft active:bg-accent-soft',
        side === 'right' ? '-right-0.75' : '-left-0.75',
      )}
    />
  );
}
