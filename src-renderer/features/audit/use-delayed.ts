import { useEffect, useState } from 'react';

const delay = 300;

/** A value as it was when it last stood still for a moment: not every key that is typed asks the service. */
export function useDelayed<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(value), delay);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
