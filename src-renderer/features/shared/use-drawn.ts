import { useEffect } from 'react';

/** For every screen that a person could be waiting for: marks the page as drawn. */
export function useDrawn(): void {
  useEffect(() => {
    document.documentElement.dataset.appState = 'loaded';
  }, []);
}
