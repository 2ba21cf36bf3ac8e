import { describe, expect, it } from 'vitest';
import { exampleArn } from '../testing/roles.ts';
import { type Lock, lockAgainst, lockReason } from './locks.ts';

const question = { user: { name: 'alice', roles: ['dev'] }, app: { name: 'aws' }, roleArn: exampleArn };

describe('a lock', () => {
  it.each([
    [{ user: 'alice' }, true],
    [{ user: 'bob' }, false],
    [{ role: 'dev' }, true],
    [{ role: 'ops' }, false],
    [{ app: 'aws' }, true],
    [{ aws_role_arn: exampleArn }, true],
    [{ aws_role_arn: `${exampleArn}x` }, false],
    [{ user: 'alice', app: 'aws' }, true],
    [{ user: 'alice', app: 'other' }, false],
    [{}, false],
  ] as [Lock['target'], boolean][])('on %j', (target, expected) => {
    expect(lockAgainst(question, [{ name: 'l', target }], 0) !== undefined).toBe(expected);
  });

  it('on an app keeps nobody from logging in', () => {
    const locks = [{ name: 'l', target: { app: 'aws' } }];
    expect(lockAgainst({ user: question.user }, locks, 0)).toBeUndefined();
  });

  it('is over when its time is', () => {
    const locks = [{ name: 'l', target: { user: 'alice' }, expiresAt: 1_000 }];
    expect(lockAgainst(question, locks, 999)?.name).toBe('l');
    expect(lockAgainst(question, locks, 1_000)).toBeUndefined();
  });

  it.each([
    [{ user: 'bob' }, undefined, 'The user bob is locked by an administrator.'],
    [{ user: 'bob' }, 'stolen laptop.', 'The user bob is locked: stolen laptop.'],
    [{ role: 'dev', app: 'aws' }, 'freeze', 'The role dev with the app aws is locked: freeze.'],
    [{ aws_role_arn: 'arn:aws:iam::123456789000:role/x' }, undefined, 'This IAM role is locked by an administrator.'],
  ])('says whom it keeps out, and why: %j %s', (target, message, words) => {
    expect(lockReason({ name: 'l', target, ...(message !== undefined && { message }) })).toBe(words);
  });
});
