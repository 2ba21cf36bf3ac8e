import { describe, expect, it } from 'vitest';
import { exampleArn } from '../testing/roles.ts';
import { type Lock, lockAgainst } from './locks.ts';

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
});
