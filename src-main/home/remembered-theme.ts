import { readFileSync } from 'node:fs';
import type { Theme } from '../../src-shared/contracts/state.ts';

const themes: readonly Theme[] = ['system', 'dark', 'light'];

/**
 * The theme of the settings file, read at once and without the schema library: the window has a colour before
 * anything else is known.
 */
export function rememberedTheme(settingsFile: string): Theme {
  try {
    const { theme } = JSON.parse(readFileSync(settingsFile, 'utf8')) as { theme?: Theme };
    return themes.find((known) => known === theme) ?? 'system';
  } catch {
    return 'system';
  }
}
