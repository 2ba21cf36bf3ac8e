import { describe, expect, it, vi } from 'vitest';
import { mayOpen } from './external.ts';

// The door is tested, not what lies behind it.
vi.mock('electron', () => ({ shell: {} }));

describe('the door to the outside', () => {
  it.each([
    'https://signin.aws.amazon.com/federation?Action=login&SigninToken=x',
    'https://signin.amazonaws.cn/federation?Action=login',
    'https://signin.amazonaws-us-gov.com/federation?Action=login',
    'http://127.0.0.1:4321/federation?Action=login',
  ])('lets %s through', (address) => {
    expect(mayOpen(address)).toBe(true);
  });

  it.each([
    'https://signin.aws.amazon.com/',
    'https://signin.aws.amazon.com:444/federation',
    'https://signin.aws.amazon.com.evil.tld/federation',
    'https://user@signin.aws.amazon.com/federation',
    'https://example.com/federation',
    'http://signin.aws.amazon.com/federation',
    'http://127.0.0.1/federation',
    'http://127.0.0.1:4321/',
    'http://localhost:4321/federation',
    'http://127.0.0.1.evil.tld:80/federation',
    'file:///federation',
    'javascript:alert(1)',
    'smb://host/federation',
    '--help',
    '',
  ])('stops %j', (address) => {
    expect(mayOpen(address)).toBe(false);
  });
});
