import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  environmentProxy,
  notThroughOurselves,
  outboundLater,
  outboundThrough,
  type ProxySettings,
  proxyName,
} from './outbound.ts';

const proxy = 'http://user:secret@proxy.example:3128';

describe('the way out', () => {
  it('is direct without a proxy, and to this machine always', () => {
    expect(outboundThrough({}).proxyFor('sts.amazonaws.com', 443)).toBeUndefined();
    expect(outboundThrough({ url: ' ' }).proxyFor('sts.amazonaws.com', 443)).toBeUndefined();
    for (const host of ['localhost', '127.0.0.1', '127.9.9.9', '[::1]', '::1', 'a.localhost']) {
      expect(outboundThrough({ url: proxy }).proxyFor(host, 443)).toBeUndefined();
    }
  });

  it('goes through the proxy, whose password is nobody’s business', () => {
    const found = outboundThrough({ url: proxy }).proxyFor('sts.amazonaws.com', 443);
    expect(found?.username).toBe('user');
    expect(found && proxyName(found)).toBe('http://proxy.example:3128');
    expect(outboundThrough({ url: 'proxy.example:8080' }).proxyFor('a.b', 443)?.href).toBe(
      'http://proxy.example:8080/',
    );
  });

  it.each([
    ['amazonaws.com', 'sts.amazonaws.com', true],
    ['.amazonaws.com', 'sts.amazonaws.com', true],
    ['*.amazonaws.com', 'sts.amazonaws.com', true],
    ['amazonaws.com:443', 'sts.amazonaws.com', true],
    ['amazonaws.com:8443', 'sts.amazonaws.com', false],
    ['other.example, STS.amazonaws.com', 'sts.AMAZONAWS.com', true],
    ['*', 'anything.example', true],
    ['aws.com', 'sts.amazonaws.com', false],
    ['10.1.2.3', '10.1.2.3', true],
    ['', 'sts.amazonaws.com', false],
    ['.', 'sts.amazonaws.com', false],
  ])('with the exceptions %j reaches %s directly: %s', (except, host, isDirect) => {
    expect(outboundThrough({ url: proxy, except }).proxyFor(host, 443) === undefined).toBe(isDirect);
  });

  it('is refused in words when the proxy has no address', () => {
    for (const url of ['socks5://proxy:1080', 'http://', 'http://a b', 'ftp://x']) {
      expect(() => outboundThrough({ url })).toThrow('not one of an HTTP proxy');
    }
  });

  it('fails where a proxy that is written down wrongly is needed, and nowhere else', () => {
    const later = outboundLater(() => ({ url: 'socks5://proxy:1080' }));
    expect(later.proxyFor('127.0.0.1', 443)).toBeUndefined();
    expect(() => later.proxyFor('sts.amazonaws.com', 443)).toThrow('not one of an HTTP proxy');
  });

  it('follows its settings when they change', () => {
    let settings: ProxySettings = { url: 'http://first.example:1' };
    const later = outboundLater(() => settings);
    expect(later.proxyFor('sts.amazonaws.com', 443)?.host).toBe('first.example:1');
    settings = { url: 'http://second.example:2', except: 'amazonaws.com' };
    expect(later.proxyFor('sts.amazonaws.com', 443)).toBeUndefined();
    expect(later.proxyFor('example.com', 443)?.host).toBe('second.example:2');
  });

  it('takes a password that is kept apart from the address, whatever it is made of', () => {
    const found = outboundThrough({ url: 'http://user@proxy.example:3128', password: 'p@ss:/w%rd' }).proxyFor(
      'a.b',
      443,
    );
    expect(decodeURIComponent(found?.password ?? '')).toBe('p@ss:/w%rd');
    expect(found?.host).toBe('proxy.example:3128');
  });

  it('takes any exceptions without failing', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (except, host) => {
        outboundThrough({ url: proxy, except }).proxyFor(host, 443);
      }),
    );
  });

  it('is read from the environment as curl does', () => {
    expect(environmentProxy({ HTTPS_PROXY: 'a', https_proxy: 'b', NO_PROXY: 'c' })).toEqual({ url: 'b', except: 'c' });
    expect(environmentProxy({ HTTPS_PROXY: 'd', https_proxy: '' })).toEqual({ url: 'd' });
    expect(environmentProxy({})).toEqual({});
  });

  it('never leads through the gateway itself, whose settings people paste into their terminals', () => {
    const own = notThroughOurselves(outboundThrough({ url: 'http://127.0.0.1:23456' }), () => [23456]);
    expect(own.proxyFor('sts.amazonaws.com', 443)).toBeUndefined();
    const another = notThroughOurselves(outboundThrough({ url: 'http://127.0.0.1:8888' }), () => [23456]);
    expect(another.proxyFor('sts.amazonaws.com', 443)?.port).toBe('8888');
  });
});
