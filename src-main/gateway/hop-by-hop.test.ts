import { describe, expect, it } from 'vitest';
import type { Header } from '../../src-shared/contracts/aws-call.ts';
import { endToEnd, namedByConnection } from './hop-by-hop.ts';

describe('headers of one connection', () => {
  it('go no further, and neither do those that Connection names', () => {
    const headers: Header[] = [
      ['Host', 'x'],
      ['Connection', 'close, X-Private'],
      ['CONNECTION', 'x-another,, Keep-Alive'],
      ['X-Private', '1'],
      ['x-another', '2'],
      ['X-Kept', '3'],
      ['Keep-Alive', 'timeout=5'],
      ['TE', 'trailers'],
      ['Proxy-Authorization', 'Basic x'],
      ['Expect', '100-continue'],
      ['Replaced', '4'],
    ];
    expect(endToEnd(headers, (name) => name === 'Replaced')).toEqual([
      ['Host', 'x'],
      ['X-Kept', '3'],
    ]);
    expect([...namedByConnection(headers)]).toEqual(['x-private', 'x-another']);
  });

  it('name nothing where Connection only says what becomes of the connection', () => {
    for (const value of ['keep-alive', 'Close', 'close, TE', '']) {
      expect([...namedByConnection([['Connection', value]])]).toEqual([]);
    }
  });
});
