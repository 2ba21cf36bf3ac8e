import type { ReactNode } from 'react';

/** Text to be pasted elsewhere, exactly as it is. Long lines scroll sideways, with the keyboard too. */
export function CodeBlock({ children }: { children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it the keyboard could not scroll.
    <pre tabIndex={0} className="ring-inside select-text overflow-x-auto p-3.5 font-mono text-sm leading-5">
      {children}
    </pre>
  );
}
