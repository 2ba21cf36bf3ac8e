import { expect, it } from 'vitest';
import { maskedSecret, withoutSecret } from './masked.ts';

it('leaves the secret out wherever it stands, and shows nothing before it is known', () => {
  expect(withoutSecret('KEY=abc/def+1\nagain abc/def+1', 'abc/def+1')).toBe(
    `KEY=${maskedSecret}\nagain ${maskedSecret}`,
  );
  expect(withoutSecret('KEY=abc', undefined)).toBe('');
});
