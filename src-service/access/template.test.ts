import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expandTemplate, parseTemplate, type Traits } from './template.ts';

function expand(text: string, external: Traits, internal = external) {
  const template = parseTemplate(text);
  if (!template.ok) throw new Error(template.message);
  return expandTemplate(template, { external, internal });
}

describe('a template', () => {
  it.each([
    ['plain text', {}, ['plain text']],
    ['{{external.team}}', { team: ['a', 'b', 'a', ''] }, ['a', 'b']],
    ['{{internal.logins}}', { logins: ['root'] }, ['root']],
    ['x-{{ external.team }}-y', { team: ['a'] }, ['x-a-y']],
    ['  x-{{external.team}}-y  ', { team: ['a'] }, ['x-a-y']],
    ['{{external["a.b"]}}', { 'a.b': ['c'] }, ['c']],
    ['{{external["https://example.com/claims/team"]}}', { 'https://example.com/claims/team': ['c'] }, ['c']],
    ['{{external.aws_role_arns}}', { aws_role_arns: ['c'] }, ['c']],
    [
      'role/{{email.local(external.email)}}',
      { email: ['alice@example.com', 'Bob B. <bob@example.com>'] },
      ['role/alice', 'role/bob'],
    ],
    ['{{email.local("carol@example.com")}}', {}, ['carol']],
    ['{{regexp.replace(external.team, "^team-(.*)$", "$1")}}', { team: ['team-a', 'team-b', 'x'] }, ['a', 'b']],
    ['{{regexp.replace(external.team, "a", "b")}}', { team: ['banana'] }, ['bbnbnb']],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: these braces are the template's.
    ['{{regexp.replace(external.team, "(?P<first>.)(.)", "${2}${first}_$$")}}', { team: ['ab'] }, ['ba_$']],
    ['{{regexp.replace(external.team, "(a)", "$1x")}}', { team: ['ab'] }, ['b']],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: these braces are the template's.
    ['{{regexp.replace(external.team, "(a)", "${1}x")}}', { team: ['ab'] }, ['axb']],
    ['{{regexp.replace(external.team, "a{2}", "b")}}', { team: ['aaaa', 'a'] }, ['bb']],
    ['{{regexp.replace(external.team, "x*", "-")}}', { team: ['ab'] }, ['-a-b-']],
    ['{{regexp.replace(external.mail, "^(.*)@x\\\\.org$", "$1")}}', { mail: ['a@x.org', 'a@xyorg'] }, ['a']],
    ['{{regexp.replace(external.mail, `^(.*)@x\\.org$`, `$1`)}}', { mail: ['a@x.org'] }, ['a']],
    ['{{regexp.replace(email.local(external.email),"^(.*)$","role_$1")}}', { email: ['a@b.c'] }, ['role_a']],
    ['{{regexp.replace("a-b", "-", "/")}}', {}, ['a/b']],
    ['{{external.braces}}', { braces: ['{{external.team}}'] }, ['{{external.team}}']],
  ] as [string, Traits, string[]][])('%s with %j gives %j', (text, traits, values) => {
    expect(expand(text, traits)).toMatchObject({ values, problems: [] });
  });

  it('drops only the value that fails, and says so', () => {
    expect(expand('{{email.local(external.email)}}', { email: ['no address', 'a@b.c', '@b.c'] })).toEqual({
      values: ['a'],
      problems: ['"no address" is no e-mail address', '"@b.c" is no e-mail address'],
      leftOut: [],
    });
  });

  it('tells what a regular expression left out apart from what failed', () => {
    expect(expand('{{regexp.replace(external.team, "^a$", "b")}}', { team: ['a', 'c'] })).toEqual({
      values: ['b'],
      problems: [],
      leftOut: ['"c" does not match ^a$'],
    });
  });

  it('says which trait is missing, also one that is there and empty', () => {
    for (const traits of [{}, { team: [] }]) {
      expect(expand('{{external.team}}', traits)).toEqual({
        values: [],
        problems: ['the user has no trait team'],
        leftOut: [],
      });
    }
  });

  it('looks for internal traits where a sign-on provider cannot write', () => {
    const claims = { aws_role_arns: ['arn:aws:iam::123456789000:role/Admin'] };
    expect(expand('{{internal.aws_role_arns}}', claims, {}).values).toEqual([]);
    expect(expand('{{external.aws_role_arns}}', claims, {}).values).toEqual(claims.aws_role_arns);
  });

  it('finds no traits on an object’s prototype', () => {
    expect(expand('{{external.constructor}}', {}).values).toEqual([]);
  });

  it.each([
    ['{{', 'it ends too early'],
    ['{{a}}', '"a" is not understood'],
    ['{{external.x}}{{external.y}}', 'one {{internal.name}} at most'],
    ['{{external.x', 'here }} is needed'],
    ['{{external}}', 'external.team'],
    ['{{external.}}', 'not understood'],
    ['{{external[x]}}', 'a text in double quotes'],
    ['{{external[""]}}', 'is empty'],
    ['{{external.x external.y}}', 'here }} is needed'],
    ['{{external.1x}}', 'not understood'],
    ['{x}', 'no template'],
    ['}}', 'no template'],
    ['{{internal.constructor}}', 'no internal trait constructor'],
    ['{{internal.aws_role_arn}}', 'Did you mean internal.aws_role_arns?'],
    ['{{eval(external.x)}}', '"eval" is not understood'],
    ['{{email.lokal(external.x)}}', 'there is email.local'],
    ['{{regexp.match(external.x)}}', 'no function regexp.match'],
    ['{{email.local()}}', 'not understood'],
    ['{{email.local(external.x, "y")}}', 'here ) is needed'],
    ['{{regexp.replace(external.x, "a")}}', 'here , is needed'],
    ['{{regexp.replace(external.x, external.y, "b")}}', 'a text in double quotes'],
    ['{{regexp.replace(external.x, "(", "b")}}', 'no regular expression'],
    ['{{regexp.replace(external.x, "a(?=b)", "b")}}', 'no regular expression'],
    ['{{regexp.replace(external.x, "\\d", "b")}}', 'write \\\\d for \\d'],
    ['{{regexp.replace(external.x, "a, "b")}}', 'here , is needed'],
    ['{{"no end}}', 'has no end'],
    [`{{${'email.local('.repeat(50)}external.x${')'.repeat(50)}}}`, 'too deeply'],
  ])('%s is refused with a reason', (text, reason) => {
    const template = parseTemplate(text);
    expect(template.ok).toBe(false);
    expect(template.ok ? '' : template.message).toContain(reason);
  });

  it('never throws, whatever it is', () => {
    const pieces = fc.constantFrom(
      'external',
      'internal',
      '.',
      'x',
      '[',
      ']',
      '"',
      '`',
      '(',
      ')',
      ',',
      'email.local',
      ' ',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(pieces, { maxLength: 20 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, fc.string(), (inner, value) => {
        for (const whole of [inner, `{{${inner}}}`, `a{{${inner}}}b`]) {
          const template = parseTemplate(whole);
          const traits = { email: [value], x: [value] };
          if (template.ok) expandTemplate(template, { internal: traits, external: traits });
        }
      }),
    );
  });

  it('keeps text without braces as it is, and puts any value between what stands round it', () => {
    const plain = fc.string().filter((text) => !/[{}]/.test(text));
    fc.assert(
      fc.property(plain, plain, fc.string({ minLength: 1 }), (before, after, value) => {
        expect(expand(before, {}).values).toEqual(before === '' ? [] : [before]);
        const [prefix, suffix] = [before.trimStart(), after.trimEnd()];
        expect(expand(`${before}{{external.x}}${after}`, { x: [value] }).values).toEqual([
          `${prefix}${value}${suffix}`,
        ]);
      }),
    );
  });

  it('quotes texts in which everything can be said', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (text) => {
        const quoted = JSON.stringify(text).replace(/\\u[0-9a-f]{4}|\\[bf]/g, '');
        const expected = JSON.parse(quoted) as string;
        const template = parseTemplate(`{{${quoted}}}`);
        expect(template.ok && template.expression).toEqual({ kind: 'literal', text: expected });
      }),
    );
  });

  it('takes time in proportion to the text, whatever the regular expression', () => {
    // Backtracking engines need longer than the age of the universe for this.
    const evil = '{{regexp.replace(external.x, "^(a+)+$", "b")}}';
    expect(expand(evil, { x: [`${'a'.repeat(50_000)}!`] }).values).toEqual([]);
  });
});
