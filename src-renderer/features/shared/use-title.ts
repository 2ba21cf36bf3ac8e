import { useEffect } from 'react';

/** Says in the window's title where one is: what is nearest first, the product last. */
export function useTitle(...parts: (string | undefined)[]): void {
  const title = [...parts.filter((part) => part !== undefined), 'Rolegate'].join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
}
