import { useEffect, useState } from 'react';
import { copyText } from './clipboard.ts';

/** How a copy went, for as long as it is worth saying. */
export type CopyState = 'idle' | 'copied' | 'failed';

const shownFor = 1600;

/** Copies a text and remembers for a moment how that went. */
export function useCopy(text: string | (() => string)): { state: CopyState; copy: () => void } {
  const [state, setState] = useState<CopyState>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), shownFor);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = () => {
    void copyText(typeof text === 'string' ? text : text()).then((done) => setState(done ? 'copied' : 'failed'));
  };
  return { state, copy };
}

/** What to say about it. */
export const copyMessages: Record<CopyState, string> = {
  idle: '',
  copied: 'Copied',
  failed: 'The browser did not allow copying. Select the text and copy it by hand.',
};
