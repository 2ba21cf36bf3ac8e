import { describe, expect, it } from 'vitest';
import { documentsOf, factsOf, readEvent } from './audit-event.ts';

const request = JSON.stringify({
  seq: 7,
  time: '2026-01-31T18:00:00.000Z',
  event: 'aws.request',
  user: 'alice',
  success: false,
  roleArn: 'arn:aws:iam::123456789000:role/team/reader',
  aws: {
    service: 'dynamodb',
    action: 'dynamodb:Scan',
    region: 'us-east-1',
    resource: 'Music',
    status: 400,
    errorCode: 'AccessDenied',
  },
});

describe('an event of the audit log', () => {
  it('is drawn by what was done, to what, as whom, and how it went', () => {
    expect(readEvent(request)).toEqual({
      seq: 7,
      time: Date.parse('2026-01-31T18:00:00.000Z'),
      event: 'aws.request',
      user: 'alice',
      what: 'dynamodb:Scan Music (us-east-1)',
      role: 'reader',
      isFailure: true,
      outcome: 'AccessDenied',
      line: request,
    });
    const changed = { seq: 8, time: '2026-01-31T18:00:00.000Z', event: 'resource.updated', success: true };
    expect(readEvent(JSON.stringify({ ...changed, resource: { kind: 'role', name: 'r' } }))).toMatchObject({
      what: 'role/r',
      outcome: 'ok',
    });
  });

  it('of a request that a gateway has refused is drawn with what is known of it, and why', () => {
    const refused = (aws: object) =>
      readEvent(
        JSON.stringify({
          seq: 9,
          time: '2026-01-31T18:00:00.000Z',
          event: 'aws.request_refused',
          user: 'alice',
          success: false,
          reason: 'its signature could not be read',
          refusal: 'incomplete_signature',
          omitted: 12,
          roleArn: 'arn:aws:iam::123456789000:role/reader',
          aws,
        }),
      );
    expect(refused({ host: 'dynamodb.us-east-1.amazonaws.com' })).toMatchObject({
      what: 'dynamodb.us-east-1.amazonaws.com',
      role: 'reader',
      isFailure: true,
      outcome: 'its signature could not be read',
    });
    expect(refused({ service: 's3', region: 'us-east-1' })).toMatchObject({ what: 's3:? (us-east-1)' });
    expect(refused({})).toMatchObject({ what: '' });
    expect(factsOf(refused({}).line)).toContainEqual({ name: 'omitted', value: '12' });
  });

  it('cannot hide what stands beside it', () => {
    const line = JSON.stringify({
      seq: 1,
      time: '2026-01-31T18:00:00.000Z',
      event: 'login\u202e.failed',
      user: 'a\u001b[2Jb\n',
    });
    expect(readEvent(line)).toMatchObject({ event: 'login.failed', user: 'a[2Jb' });
  });

  it('that was spoilt is shown as such', () => {
    expect(readEvent('{"seq":12,"time":"20')).toMatchObject({ seq: 12, event: 'unreadable', isFailure: true });
    expect(readEvent('null')).toMatchObject({ seq: 0, event: 'unreadable' });
    expect(factsOf('{"seq":12,')).toEqual([]);
    expect(documentsOf('null')).toEqual([]);
  });

  it('has all its facts, and documents whole', () => {
    expect(factsOf(request)).toContainEqual({ name: 'aws.errorCode', value: 'AccessDenied' });
    const line = JSON.stringify({ seq: 1, resource: { kind: 'role', name: 'r', before: { a: 1 }, after: { a: 2 } } });
    expect(factsOf(line).map(({ name }) => name)).toEqual(['seq', 'resource.kind', 'resource.name']);
    expect(documentsOf(line)).toEqual([
      { title: 'Before', text: '{\n  "a": 1\n}' },
      { title: 'After', text: '{\n  "a": 2\n}' },
    ]);
  });
});
