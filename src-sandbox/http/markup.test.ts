import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeMarkup } from './markup.ts';

describe('escaped text', () => {
  it('is no markup', () => {
    expect(escapeMarkup(`<img src=x onerror='a("b")'> & more`)).toBe(
      '&lt;img src=x onerror=&#39;a(&quot;b&quot;)&#39;&gt; &amp; more',
    );
  });

  it('holds no character that XML may not hold, and keeps all others', () => {
    expect(escapeMarkup('a\u0000\u001bb\u007f\ud800\ufffe')).toBe('a\ufffd\ufffdb\ufffd\ufffd\ufffd');
    expect(escapeMarkup('é 日本 🎿 \n\t')).toBe('é 日本 🎿 \n\t');
  });

  it('never has a character that could open or close anything', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeMarkup(text).replace(/&(?:amp|lt|gt|quot|#39);/g, '')).not.toMatch(/[<>"'&]/);
      }),
    );
  });
});
