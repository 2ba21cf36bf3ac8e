import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verdictOf } from './policy.ts';
import { parsePolicyDocument } from './policy-document.ts';

function parsed(document: unknown) {
  const policy = parsePolicyDocument(JSON.stringify(document));
  if (typeof policy === 'string') throw new Error(policy);
  return policy;
}

describe('a policy document', () => {
  it('may have one statement or several, one action or several', () => {
    const one = parsed({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: 'dynamodb:Query', Resource: '*' },
    });
    expect(verdictOf(one, 'dynamodb:Query', 'arn:x')).toBe('allowed');
    const several = parsed({
      Statement: [
        { Sid: 'Read', Effect: 'Allow', Action: ['dynamodb:*'], Resource: ['arn:x', 'arn:y'] },
        { Effect: 'Deny', Action: 'dynamodb:Scan', Resource: '*' },
      ],
    });
    expect(verdictOf(several, 'dynamodb:Query', 'arn:y')).toBe('allowed');
    expect(verdictOf(several, 'dynamodb:Query', 'arn:z')).toBe('denied implicitly');
    expect(verdictOf(several, 'dynamodb:Scan', 'arn:x')).toBe('denied explicitly');
  });

  it('may name what it is not about', () => {
    const policy = parsed({ Statement: { Effect: 'Allow', NotAction: ['iam:*', 'sts:*'], NotResource: 'arn:x' } });
    expect(verdictOf(policy, 's3:GetObject', 'arn:y')).toBe('allowed');
    expect(verdictOf(policy, 's3:GetObject', 'arn:x')).toBe('denied implicitly');
    expect(verdictOf(policy, 'iam:ListRoles', 'arn:y')).toBe('denied implicitly');
  });

  it.each([
    ['{', 'not valid JSON'],
    ['[]', 'the document'],
    ['{"Statement":[]}', 'Statement'],
    ['{"Statement":{"Effect":"Allow","NotAction":"s3:*","Action":"s3:*","Resource":"*"}}', 'Statement'],
    ['{"Statement":{"Effect":"Allow","Action":"s3:*"}}', 'Statement'],
    ['{"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}}', 'Statement'],
    ['{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{}}}', 'Statement'],
    ['{"Statement":{"Effect":"Maybe","Action":"*","Resource":"*"}}', 'Statement'],
    [JSON.stringify({ Id: 'x'.repeat(2100) }), '2048'],
  ])('that cannot be enforced as it stands is refused: %s', (text, expected) => {
    const problem = parsePolicyDocument(text);
    expect(problem).toBeTypeOf('string');
    expect(problem).toContain(expected);
  });

  it('never throws, whatever the text', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void parsePolicyDocument(text)));
  });
});
