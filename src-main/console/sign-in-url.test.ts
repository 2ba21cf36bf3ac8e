import { describe, expect, it } from 'vitest';
import { requireDestination } from './sign-in-url.ts';

const asked = { page: 'dynamodbv2/home', fragment: 'table?name=Music' };
const leadingTo = (destination: string) => {
  const url = new URL('https://signin.aws.amazon.com/federation');
  url.searchParams.set('Destination', destination);
  return () => requireDestination(url, 'aws', asked, undefined);
};

describe('where a console sign-in leads', () => {
  it.each([
    'https://console.aws.amazon.com/dynamodbv2/home?region=us-east-1#table?name=Music',
    'https://us-east-1.console.aws.amazon.com/dynamodbv2/home?region=us-east-1#table?name=Music',
  ])('is the page that was asked for: %s', (destination) => expect(leadingTo(destination)).not.toThrow());

  it.each([
    'https://console.aws.amazon.com/dynamodbv2/home?region=us-east-1#table?name=Other',
    'https://console.aws.amazon.com/iam/home#table?name=Music',
    'https://console.aws.amazon.com.example.com/dynamodbv2/home#table?name=Music',
    'https://evilconsole.aws.amazon.com/dynamodbv2/home#table?name=Music',
    'https://console.amazonaws.cn/dynamodbv2/home#table?name=Music',
    'https://user@console.aws.amazon.com/dynamodbv2/home#table?name=Music',
    'http://console.aws.amazon.com/dynamodbv2/home#table?name=Music',
    'not an address',
    '',
  ])('is refused when it is another one: %s', (destination) => expect(leadingTo(destination)).toThrow(/another page/));

  it('may be the sandbox’s console in the sandbox only', () => {
    const url = new URL('http://127.0.0.1:4000/federation');
    url.searchParams.set('Destination', 'http://127.0.0.1:4000/dynamodbv2/home?region=us-east-1#table?name=Music');
    expect(() => requireDestination(url, 'aws', asked, 'http://127.0.0.1:4000')).not.toThrow();
    for (const origin of [undefined, 'http://127.0.0.1:4001'])
      expect(() => requireDestination(url, 'aws', asked, origin)).toThrow(/another page/);
  });
});
