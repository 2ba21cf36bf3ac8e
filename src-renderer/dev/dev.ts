import { start } from '../app/start.tsx';
import type { FakeBridge } from '../bridge/fake/fake-bridge.ts';
import { sceneOf, setTrouble } from '../bridge/fake/scenes.ts';

/** What the specs (and a person at the browser's console) may do to the made-up main process. */
export interface FakeControl {
  bridge: FakeBridge;
  setTrouble: typeof setTrouble;
}

declare global {
  interface Window {
    fake?: FakeControl;
  }
}

const bridge = sceneOf(new URLSearchParams(location.search));
window.fake = { bridge, setTrouble };
start(bridge);
