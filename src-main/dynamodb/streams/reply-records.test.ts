import { describe, expect, it } from 'vitest';
import { replyRecords } from './reply-records.ts';

describe('the records of a stream', () => {
  it('keep their items as DynamoDB sent them', () => {
    const body =
      '{"NextShardIterator":"it\\"er","Records":[{"awsRegion":"us-east-1","dynamodb":{"ApproximateCreationDateTime":1.8E9,' +
      '"Keys":{"id":{"S":"a"}},"NewImage":{"id":{"S":"a"},"__proto__":{"N":"12345678901234567890"},"10":{"S":"z"},"9":{"S":"y"}},' +
      '"SequenceNumber":"7","SizeBytes":40,"StreamViewType":"NEW_IMAGE"},"eventID":"e1","eventName":"MODIFY","eventSource":"aws:dynamodb"}]}';
    expect(replyRecords(body)).toEqual({
      next: 'it"er',
      records: [
        {
          sequence: '7',
          event: {
            id: 'e1',
            kind: 'MODIFY',
            at: 1_800_000_000_000,
            keys: '{"id":{"S":"a"}}',
            newImage: '{"id":{"S":"a"},"__proto__":{"N":"12345678901234567890"},"10":{"S":"z"},"9":{"S":"y"}}',
            isExpiry: false,
          },
        },
      ],
    });
  });

  it('say which deletion DynamoDB made itself, because the item’s time was over', () => {
    const body =
      '{"Records":[{"eventID":"e","eventName":"REMOVE","dynamodb":{"SequenceNumber":"1"},"userIdentity":{"Type":"Service","PrincipalId":"dynamodb.amazonaws.com"}}]}';
    expect(replyRecords(body).records[0]?.event).toMatchObject({ kind: 'REMOVE', isExpiry: true, keys: '{}' });
  });

  it('are not made of what is no record', () => {
    expect(replyRecords('{"Records":[{"eventName":"ELSE"}],"NextShardIterator":null}')).toEqual({ records: [] });
    expect(() => replyRecords('<html>')).toThrow();
  });
});
