import { callNames } from '../../src-shared/contracts/call-names.ts';
import { sceneOf } from '../bridge/fake/scenes.ts';
import type { PreloadBridge } from '../bridge/types.ts';

// Put into the built page before its own script, as Electron's preload puts the real bridge there.
const { scene } = window as unknown as { scene: string };
const fake = sceneOf(new URLSearchParams(scene));
const calls = Object.fromEntries(callNames.map((name) => [name, (input: unknown) => fake.call(name, input)]));
const bridge: PreloadBridge = {
  platform: 'electron',
  calls: calls as PreloadBridge['calls'],
  onState: (listener) => fake.onState(listener),
};
Object.defineProperty(window, 'rolegate', { value: bridge });
