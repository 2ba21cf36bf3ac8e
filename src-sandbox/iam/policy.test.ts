import { describe, expect, it } from 'vitest';
import { allow, statement, verdictOf } from './policy.ts';

const music = 'arn:aws:dynamodb:us-east-1:123456789000:table/Music';

describe('a policy', () => {
  it('allows what it names, and nothing else', () => {
    const policy = allow(['dynamodb:GetItem', 'dynamodb:Describe*']);
    expect(verdictOf(policy, 'dynamodb:GetItem', music)).toBe('allowed');
    expect(verdictOf(policy, 'dynamodb:DescribeTable', music)).toBe('allowed');
    expect(verdictOf(policy, 'dynamodb:GetItems', music)).toBe('denied implicitly');
    expect(verdictOf(policy, 'sts:GetItem', music)).toBe('denied implicitly');
  });

  it('compares actions without regard to case, resources with it', () => {
    const policy = allow(['DYNAMODB:getitem'], [music]);
    expect(verdictOf(policy, 'dynamodb:GetItem', music)).toBe('allowed');
    expect(verdictOf(policy, 'dynamodb:GetItem', music.toLowerCase())).toBe('denied implicitly');
  });

  it('denies more strongly than it allows, in whatever order', () => {
    const deny = statement('Deny', ['dynamodb:Delete*']);
    const [everything] = allow(['*']);
    if (!everything) throw new Error('no statement');
    for (const policy of [
      [deny, everything],
      [everything, deny],
    ]) {
      expect(verdictOf(policy, 'dynamodb:DeleteItem', music)).toBe('denied explicitly');
      expect(verdictOf(policy, 'dynamodb:PutItem', music)).toBe('allowed');
    }
  });

  it('takes ? for one character and everything else for itself', () => {
    const policy = allow(['*'], ['arn:aws:s3:::a.b?(c)+']);
    expect(verdictOf(policy, 's3:GetObject', 'arn:aws:s3:::a.bX(c)+')).toBe('allowed');
    expect(verdictOf(policy, 's3:GetObject', 'arn:aws:s3:::aXbX(c)+')).toBe('denied implicitly');
    expect(verdictOf(policy, 's3:GetObject', 'arn:aws:s3:::a.b(c)+')).toBe('denied implicitly');
  });

  it('is about everything but what it names, with NotAction and NotResource', () => {
    const policy = [
      statement('Allow', ['iam:*', 'STS:*'], [music], { notAction: true }),
      statement('Deny', ['*'], [`${music}*`, 'arn:aws:s3:::*'], { notResource: true }),
    ];
    expect(verdictOf(policy, 'dynamodb:PutItem', music)).toBe('allowed');
    expect(verdictOf(policy, 'sts:AssumeRole', music)).toBe('denied implicitly');
    expect(verdictOf(policy, 'dynamodb:PutItem', `${music}/index/a`)).toBe('denied implicitly');
    expect(verdictOf(policy, 'dynamodb:PutItem', 'arn:aws:lambda:x')).toBe('denied explicitly');
  });
});
