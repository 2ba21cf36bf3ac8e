import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimTraits } from './claims.ts';
import { mappedRoles, type RoleMapping } from './mapping.ts';

const roles = (mappings: RoleMapping[], groups: string[]) => mappedRoles(mappings, { groups });
const mapping = (value: string, ...names: string[]): RoleMapping => ({ claim: 'groups', value, roles: names });

describe('mapping claims to roles', () => {
  it.each<[string, RoleMapping[], string[], string[]]>([
    ['literal', [mapping('admins', 'editor', 'auditor')], ['admins'], ['editor', 'auditor']],
    ['literal, in another case', [mapping('admins', 'editor')], ['Admins'], []],
    ['literal, a part only', [mapping('admins', 'editor')], ['db-admins', 'admins2'], []],
    ['glob', [mapping('team-*', 'access')], ['team-red'], ['access']],
    ['glob with what it caught', [mapping('team-*-*', '$2-$1')], ['team-red-eu'], ['eu-red']],
    ['glob, a dot is a dot', [mapping('a.*', 'x')], ['ab1'], []],
    ['expression', [mapping('^team-(red|blue)$', 'access-$1')], ['team-red', 'team-green'], ['access-red']],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a group is named here.
    ['expression with a named group', [mapping('^(?P<who>\\w+)@x$', '${who}')], ['me@x'], ['me']],
    ['expression, whole only', [mapping('^a$', 'x')], ['aa', 'a\n'], []],
    ['expression that is none', [mapping('^($', 'x')], ['('], []],
    ['a group that is not there', [mapping('^(a)$', '$2')], ['a'], []],
    ['no caret: a literal', [mapping('a$', 'x')], ['a$'], ['x']],
    ['each role once', [mapping('a*', 'x'), mapping('*b', 'x', 'y')], ['ab', 'aab'], ['x', 'y']],
    ['another claim', [{ claim: 'Groups', value: '*', roles: ['x'] }], ['a'], []],
    ['a URL as the name of a claim', [{ claim: 'https://x/groups', value: 'a', roles: ['x'] }], ['a'], []],
  ])('%s', (_, mappings, groups, expected) => {
    expect(roles(mappings, groups)).toEqual(expected);
  });

  it('finds nothing in what every object has', () => {
    expect(mappedRoles([{ claim: 'constructor', value: '*', roles: ['x'] }], {})).toEqual([]);
    expect(mappedRoles([{ claim: 'toString', value: '*', roles: ['x'] }], {})).toEqual([]);
  });

  it('never takes text of a claim for a pattern', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (value, other) => {
        fc.pre(!value.includes('*') && !(value.startsWith('^') && value.endsWith('$')));
        expect(roles([mapping(value, 'x')], [other])).toEqual(value === other ? ['x'] : []);
        expect(roles([mapping('*', 'role')], [other])).toEqual(['role']);
      }),
    );
  });

  it('takes time that grows with the text alone', () => {
    expect(roles([mapping('^(a+)+$', 'x')], [`${'a'.repeat(2_000)}!`])).toEqual([]);
  });
});

describe('claims as traits', () => {
  it('are texts and lists of texts; what is nested, too long or not plain is left out', () => {
    const claims = {
      email: 'a@x',
      groups: ['a', 'b', 'a', 7, null, { c: 1 }, 'new\nline', 'x'.repeat(3_000)],
      email_verified: true,
      address: { street: 'x' },
      'https://x/y': 'z',
      ['bad\u0000name']: 'x',
      empty: [],
    };
    expect(claimTraits(claims)).toEqual({
      email: ['a@x'],
      groups: ['a', 'b', '7'],
      email_verified: ['true'],
      'https://x/y': ['z'],
    });
  });

  it('can have any name', () => {
    const traits = claimTraits(JSON.parse('{"__proto__": "x", "constructor": "y"}'));
    expect(Object.keys(traits)).toEqual(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});
