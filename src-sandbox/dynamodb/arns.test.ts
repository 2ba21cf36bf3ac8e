import { describe, expect, it } from 'vitest';
import { withSandboxArns } from './arns.ts';

describe('the ARNs in a description', () => {
  it('become those of the account and region, and not a byte else changes', () => {
    const before = Buffer.from(
      '{"TableArn":"arn:aws:dynamodb:dynoxide:000000000000:table/é","n":1795192671.0,"x":" ü"}',
    );
    const after = '{"TableArn":"arn:aws:dynamodb:eu-west-1:123456789000:table/é","n":1795192671.0,"x":" ü"}';
    expect(withSandboxArns(before, 'eu-west-1').toString()).toBe(after);
  });

  it('are left alone when they are right already', () => {
    const right = Buffer.from('{"TableArn":"arn:aws:dynamodb:ca-central-1:123456789000:table/x"}');
    expect(withSandboxArns(right, 'eu-west-1')).toBe(right);
  });
});
