import { describe, expect, it } from 'vitest';
import { roleLines, withCorrection } from './role-lines.ts';

const good = 'arn:aws:iam::123456789012:role/Reader';
const oneColon = 'arn:aws:iam:123456789012:role/Writer';

describe('roleLines', () => {
  it('takes one ARN a line, and each only once', () => {
    expect(roleLines(`\n  ${good}  \r\n\n${good}\n`)).toEqual([{ line: 2, text: good }]);
  });

  it('says what is wrong with a line, and puts it right', () => {
    const box = `${good}\n${oneColon}`;
    const [, wrong] = roleLines(box);
    expect(wrong).toMatchObject({ line: 2, problem: { corrected: 'arn:aws:iam::123456789012:role/Writer' } });
    expect(withCorrection(box, wrong!)).toBe(`${good}\narn:aws:iam::123456789012:role/Writer`);
  });
});
