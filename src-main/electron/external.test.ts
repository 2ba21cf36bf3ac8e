import { describe, expect, it, vi } from 'vitest';
import { mayOpen } from './external.ts';

// The door is tested, not what lies behind it.
vi.mock('electron', () => ({ shell: {} }));

const service = 'https://rolegate.example.com:3080';
const signOn = `${service}/v1/sso/go/${'a'.repeat(43)}`;

describe('the door to the service that is in use', () => {
  it('lets its sign-on page through, and only while it is in use', () => {
    expect(mayOpen(signOn, service)).toBe(true);
    expect(mayOpen(signOn)).toBe(false);
    expect(mayOpen(signOn, 'https://another.example.com')).toBe(false);
  });

  it.each([
    `${service}/`,
    `${service}/v1/sso/callback?state=x`,
    `${service}/v1/sso/go/../../other`,
    `${service}/v1/sso/go/short`,
    `${signOn}?next=https://evil.tld`,
    `${signOn}#x`,
    `${signOn}/`,
    signOn.replace('3080', '3081'),
    signOn.replace('https', 'http'),
    signOn.replace('rolegate.example.com', 'rolegate.example.com.evil.tld'),
    signOn.replace('https://', 'https://user@'),
  ])('stops %s', (address) => {
    expect(mayOpen(address, service)).toBe(false);
  });
});

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
