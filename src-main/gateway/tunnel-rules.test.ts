import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTunnelRule, tunnelRules } from './tunnel-rules.ts';

describe('private places that are named', () => {
  const { allows } = tunnelRules(['10.1.2.3', '10.2.0.0/16', 'fd00::/8', 'Registry.internal', '.corp.example']);

  it.each([
    ['x', '10.1.2.3', true],
    ['x', '10.1.2.4', false],
    ['x', '10.2.255.1', true],
    ['x', 'fd12::1', true],
    ['x', 'fe80::1', false],
    ['x', '::ffff:10.1.2.3', false],
    ['registry.internal', '127.0.0.1', true],
    ['a.registry.internal', '127.0.0.1', false],
    ['evilregistry.internal', '127.0.0.1', false],
    ['git.corp.example', '192.168.1.1', true],
    ['corp.example', '192.168.1.1', false],
    ['evilcorp.example', '192.168.1.1', false],
    ['x', '169.254.169.254', false],
  ])('%s at %s: %s', (host, address, expected) => expect(allows(host, address)).toBe(expected));

  it('are written down as addresses, networks or names', () => {
    for (const good of ['10.1.2.3', '0.0.0.0/0', '::1/128', 'localhost', '.a.b', 'x_y.z'])
      expect(isTunnelRule(good)).toBe(true);
    for (const bad of ['', '.', '*', '10.0.0.0/33', '1.2.3/8', 'http://x', 'a b', 'x/8', 'a..b']) {
      expect([bad, isTunnelRule(bad)]).toEqual([bad, false]);
    }
  });

  it('let nothing through that is none of them', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.domain(), fc.ipV4(), (entries, host, address) => {
        const known = entries.filter(isTunnelRule);
        if (known.length === 0) expect(tunnelRules(entries).allows(host, address)).toBe(false);
      }),
    );
  });
});
