import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { globMatches, type LabelMatchers, type Labels, labelProblems, labelsFor, labelsMatch } from './labels.ts';
import type { Traits } from './template.ts';

function match(matchers: LabelMatchers, labels: Labels, traits: Traits = {}): boolean {
  return labelsMatch(labelsFor(matchers, { internal: traits, external: traits }), labels);
}

describe('labels', () => {
  it.each([
    ['everything', { '*': ['*'] }, {}, true],
    ['everything, labelled or not', { '*': ['*'] }, { env: 'prod' }, true],
    ['nothing without matchers', {}, { env: 'prod' }, false],
    ['nothing without values', { env: [] }, { env: 'prod' }, false],
    ['a value', { env: ['prod'] }, { env: 'prod' }, true],
    ['not another value', { env: ['prod'] }, { env: 'production' }, false],
    ['with regard to case', { env: ['prod'] }, { env: 'Prod' }, false],
    ['not without the label', { env: ['*'] }, {}, false],
    ['any value of a label', { env: ['*'] }, { env: '' }, true],
    ['any of several values', { env: ['test', 'prod'] }, { env: 'prod' }, true],
    ['only if every key matches', { env: ['prod'], team: ['a'] }, { env: 'prod' }, false],
    ['every key together', { env: ['prod'], team: ['a'] }, { env: 'prod', team: 'a' }, true],
    ['a glob', { env: ['prod-*-eu'] }, { env: 'prod-1-eu' }, true],
    ['a glob as a whole', { env: ['prod-*'] }, { env: 'x-prod-1' }, false],
    ['a regular expression', { env: ['^prod-[0-9]+$'] }, { env: 'prod-12' }, true],
    ['a regular expression as a whole', { env: ['^prod|test$'] }, { env: 'prod-12' }, false],
    ['a regular expression with braces', { env: ['^a{2}$'] }, { env: 'aa' }, true],
    ['not a prototype’s property', { constructor: ['*'] }, {}, false],
  ] as [string, LabelMatchers, Labels, boolean][])('match %s', (_, matchers, labels, expected) => {
    expect(match(matchers, labels)).toBe(expected);
  });

  it.each([
    ['a trait', { env: ['{{external.envs}}'] }, { env: 'prod' }, { envs: ['test', 'prod'] }, true],
    ['a trait in a glob', { env: ['*-{{external.envs}}-*'] }, { env: 'a-prod-1' }, { envs: ['prod'] }, true],
    [
      'a trait in a regular expression',
      { env: ['^{{external.envs}}-\\d$'] },
      { env: 'a.b-1' },
      { envs: ['a.b'] },
      true,
    ],
    ['a star of a trait as a star', { env: ['{{external.envs}}'] }, { env: 'prod' }, { envs: ['*'] }, false],
    ['a trait in a glob as text', { env: ['x-{{external.envs}}*'] }, { env: 'x-prod' }, { envs: ['*d'] }, false],
    ['a trait in a regular expression as text', { env: ['^{{external.e}}$'] }, { env: 'ab' }, { e: ['a.'] }, false],
    ['no missing trait', { env: ['{{external.envs}}'] }, { env: '' }, {}, false],
    [
      'a key by the first value of a trait',
      { '{{external.k}}': ['a'] },
      { env: 'a', x: 'b' },
      { k: ['env', 'x'] },
      true,
    ],
    ['no key of a missing trait', { '{{external.k}}': ['*'] }, { '': 'a' }, {}, false],
    ['a key that comes to a star as everything', { '{{external.k}}': ['*'] }, { env: 'a' }, { k: ['*'] }, false],
  ] as [string, LabelMatchers, Labels, Traits, boolean][])(
    'match with templates: %s',
    (_, ...[matchers, labels, traits, expected]) => {
      expect(match(matchers, labels, traits)).toBe(expected);
    },
  );

  it('say what is wrong with them', () => {
    expect(labelProblems('*', ['prod'])).toEqual(["The label '*' can only have the value '*'."]);
    expect(labelProblems('env', ['{{external.'])[0]).toContain('ends too early');
    expect(labelProblems('{{x}}', ['a'])[0]).toContain('"x" is not understood');
    expect(labelProblems('env', ['^(a$'])[0]).toContain('is no regular expression (RE2)');
    expect(labelProblems('env', ['^({{external.x}}$'])[0]).toContain('is no regular expression (RE2)');
    expect(labelProblems('env', ['^a{2}$', '*', 'x-*', '{{external.x}}-*'])).toEqual([]);
  });
});

describe('a glob', () => {
  it('matches like the regular expression that it stands for', () => {
    const letters = fc.stringMatching(/^[ab*]{0,8}$/);
    fc.assert(
      fc.property(letters, fc.stringMatching(/^[ab]{0,10}$/), (pattern, text) => {
        expect(globMatches(pattern, text)).toBe(new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(text));
      }),
    );
  });
});
