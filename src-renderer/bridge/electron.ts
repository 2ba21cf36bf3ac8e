import type { LinkedBridge } from './types.ts';

/** The bridge that Electron's preload put into the page; undefined in a plain browser. */
export function electronBridge(): LinkedBridge | undefined {
  const preload = window.rolegate;
  if (!preload) return undefined;
  return {
    platform: preload.platform,
    call: (name, input) => preload.calls[name](input),
    onState: (listener) => preload.onState(listener),
    onLink: (listener) => {
      listener({ at: 'up' });
      return () => {};
    },
  };
}
