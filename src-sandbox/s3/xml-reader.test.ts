import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leaf } from './xml.ts';
import { childText, readXml } from './xml-reader.ts';

const read = (text: string) => readXml(Buffer.from(text), 'Delete');

describe('the XML of a body', () => {
  it('is read with whatever prefix and encoding of its text', () => {
    const root = read(
      '<?xml version="1.0"?><a:Delete xmlns:a="x"><!-- - --><a:Key>1&lt;<![CDATA[<&]]>&#233;</a:Key></a:Delete>',
    );
    expect(childText(root, 'Key')).toBe('1<<&é');
    expect(childText(root, 'Other')).toBeUndefined();
  });

  it.each([
    '',
    'text',
    '<Delete>',
    '<Delete></Other>',
    '<Other/>',
    '<Delete>&unknown;</Delete>',
    '<!DOCTYPE d [<!ENTITY e "x">]><Delete>&e;</Delete>',
    `<Delete>${'<a>'.repeat(50)}${'</a>'.repeat(50)}</Delete>`,
  ])('is refused when it is none, or another: %s', (text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'MalformedXML', status: 400 }));
  });

  it('never makes the reader throw anything else', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `<Delete>${text}</Delete>`),
        ),
        (text) => {
          try {
            read(text);
          } catch (error) {
            expect(error).toMatchObject({ code: 'MalformedXML' });
          }
        },
      ),
    );
  });

  it('gives back the text that was written, whatever it is', () => {
    // A null character is none that a reader takes, however it is written.
    const text = fc.string({ unit: 'grapheme' }).filter((one) => !one.includes('\u0000'));
    fc.assert(
      fc.property(text, (one) => {
        expect(childText(read(`<Delete>${leaf('Key', one)}</Delete>`), 'Key')).toBe(one);
      }),
    );
  });
});
