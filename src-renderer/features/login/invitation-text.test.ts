import { describe, expect, it } from 'vitest';
import { invitationIn, serviceIn } from './invitation-text.ts';

const token = `-_${'aB3'.repeat(13)}xy`;

describe('the invitation in a text', () => {
  it.each([
    ['itself', token],
    ['with spaces round it', `  ${token}\n`],
    ['a command', `rolegate login --invitation ${token}`],
    ['a command with a service', `rolegate login --service https://x.example.com --invitation=${token} `],
  ])('is found in %s', (_, text) => expect(invitationIn(text)).toBe(token));

  it.each(['', 'hello', token.slice(1), `${token}x`, `x ${token}`])('is not in %j', (text) => {
    expect(invitationIn(text)).toBeUndefined();
  });
});

describe('the service that an invitation is for', () => {
  it.each([
    [`rolegate login --service https://x.example.com:3080/ --invitation ${token}`, 'https://x.example.com:3080'],
    [`rolegate login --service=x.example.com --invitation ${token}`, 'https://x.example.com'],
    [`rolegate login --invitation ${token}`, undefined],
    ['--service https://', undefined],
  ])('in %j is %j', (text, service) => expect(serviceIn(text)).toBe(service));
});
