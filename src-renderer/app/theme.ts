import { useEffect } from 'react';
import { useAppState } from '../bridge/react.tsx';

/** Where public/theme-first.js looks before the first paint. */
const hintKey = 'rolegate.theme';

/** Draws the page in the chosen theme. `system` leaves it to the system, live. */
export function useTheme(): void {
  const theme = useAppState((state) => state.theme);
  useEffect(() => {
    const { dataset } = document.documentElement;
    if (theme === 'system') delete dataset.theme;
    else dataset.theme = theme;
    try {
      localStorage.setItem(hintKey, theme);
    } catch {
      // Without storage the next start may flash; nothing else depends on it.
    }
  }, [theme]);
}
