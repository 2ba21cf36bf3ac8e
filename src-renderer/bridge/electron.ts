import type { LinkedBridge } from './types.ts';

/** The bridge that Electron's preload put into the page; undefined in a plain browser. */
export function electronBridge(): LinkedBridge | undefined {
  const bridge = window.rolegate;
  if (!bridge) return undefined;
  return {
    platform: bridge.platform,
    call: (name, input) => bridge.call(name, input),
    onState: (listener) => bridge.onState(listener),
    onLink: (listener) => {
      listener({ at: 'up' });
      return () => {};
    },
  };
}
