import type { KeyboardEvent, PointerEvent } from 'react';

const lowest = 80;
const highest = 600;
const keyStep = 20;

/** The lower edge of the editor, to be dragged, or moved with the arrow keys. */
export function HeightHandle({ height, onChange }: { height: number; onChange: (height: number) => void }) {
  const set = (next: number) => onChange(Math.round(Math.min(highest, Math.max(lowest, next))));
  const startDrag = (event: PointerEvent<HTMLHRElement>) => {
    if (event.button !== 0) return;
    event.preventDefault();
    const handle = event.currentTarget;
    const startY = event.clientY;
    handle.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent) => set(height + moved.clientY - startY);
    handle.addEventListener('pointermove', move);
    handle.addEventListener('lostpointercapture', () => handle.removeEventListener('pointermove', move), {
      once: true,
    });
  };
  const moveByKey = (event: KeyboardEvent) => {
    const step = { ArrowUp: -keyStep, ArrowDown: keyStep }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    set(height + step);
  };
  return (
    <hr
      tabIndex={0}
      aria-label="Height of the editor"
      aria-orientation="horizontal"
      aria-valuenow={height}
      aria-valuemin={lowest}
      aria-valuemax={highest}
      onPointerDown={startDrag}
      onKeyDown={moveByKey}
      className="absolute inset-x-0 -bottom-1 z-10 h-2 cursor-row-resize border-0 hover:bg-accent-soft focus-visible:bg-accent-soft focus-visible:outline-none"
    />
  );
}
