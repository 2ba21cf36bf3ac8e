import { describe, expect, it } from 'vitest';
import { replyItems } from './reply-items.ts';

describe('replyItems', () => {
  it('finds items as they were sent', () => {
    const body =
      '{"Count":2,"Items":[{"__proto__":{"S":"x"},"2":{"N":"1.0"}}, {}],"LastEvaluatedKey":{"id":{"S":"]}"}},"ScannedCount":2}';
    expect(replyItems(body)).toEqual({
      items: ['{"__proto__":{"S":"x"},"2":{"N":"1.0"}}', '{}'],
      lastEvaluatedKey: '{"id":{"S":"]}"}}',
      reasons: [],
    });
  });

  it('finds the items of failed conditions, each with its write', () => {
    const body =
      '{"__type":"TransactionCanceledException","CancellationReasons":[{"Code":"None"},{"Code":"ConditionalCheckFailed","Item":{"a":{"S":"b"}}}],"Message":"…"}';
    expect(replyItems(body).reasons).toEqual([undefined, '{"a":{"S":"b"}}']);
    expect(replyItems('{"__type":"x","Item":{"a":{"S":"b"}}}').items).toEqual(['{"a":{"S":"b"}}']);
    expect(replyItems('{"Item":null}').items).toEqual([]);
  });

  it.each(['', 'null', '<html>', '{"Items":[{]}'])('refuses %s', (body) => {
    expect(() => replyItems(body)).toThrow();
  });
});
