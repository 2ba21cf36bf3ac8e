/** A key to press. */
export function Kbd({ children }: { children: string }) {
  return (
    <kbd className="inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-sm border border-line px-1 font-sans text-2xs text-faint">
      {children}
    </kbd>
  );
}

/** `⌘` on Apple's machines, `Ctrl+` elsewhere. */
export const commandKey = /Mac|iP(hone|ad)/.test(navigator.userAgent) ? '⌘' : 'Ctrl+';
