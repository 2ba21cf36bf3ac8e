import { useEffect, useRef } from 'react';

/** Which key, by what is printed on it in lower case, and whether Ctrl (⌘ on Apple's machines) or Alt goes with it. */
export interface Shortcut {
  key: string;
  with: 'command' | 'alt';
}

/** Runs something on a shortcut, wherever the focus is. */
export function useShortcut(shortcut: Shortcut, run: () => void): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  const { key, with: modifier } = shortcut;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      // Whoever has the focus comes first.
      if (event.defaultPrevented || !matches(event, key, modifier)) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [key, modifier]);
}

function matches(event: KeyboardEvent, key: string, modifier: Shortcut['with']): boolean {
  const command = event.ctrlKey || event.metaKey;
  if (event.shiftKey || command !== (modifier === 'command') || event.altKey !== (modifier === 'alt')) return false;
  // With Alt, Apple's keyboards give another character; the key's place still tells which it was.
  return event.key.toLowerCase() === key || event.code === `Key${key.toUpperCase()}`;
}
