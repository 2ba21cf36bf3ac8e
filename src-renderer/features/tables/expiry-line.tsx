import { Hourglass } from 'lucide-react';
import type { AttributeValue } from '../../../src-shared/values/attribute-value.ts';
import { useNow } from '../../state/clock.ts';
import { expiryWords } from './expiry.ts';

/** When an item expires, by the attribute that its table's time to live goes by. */
export function ExpiryLine({ name, value }: { name: string; value: AttributeValue }) {
  const words = useNow((now) => expiryWords(value, now));
  return (
    <p className="flex items-center gap-1.5 text-muted text-sm">
      <Hourglass size={12} aria-hidden="true" className="shrink-0" />
      <span>
        {words} <span className="text-faint">(time to live by {name}, taken as seconds since 1970)</span>
      </span>
    </p>
  );
}
