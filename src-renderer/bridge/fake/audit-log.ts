const users = ['alice', 'bob', 'user-07'];
const actions = ['Scan', 'Query', 'GetItem', 'PutItem', 'DeleteItem', 'DescribeTable'];
const tables = ['Music', 'Orders', 'Products', 'Sessions'];
const second = 1_000;

/** An event of a made-up audit log. */
export function auditLine(seq: number, time: number): { seq: number; user: string; line: string } {
  const user = users[seq % users.length] ?? '';
  const base = { seq, time: new Date(time).toISOString() };
  const chain = { prev: 'p'.repeat(43), hash: 'h'.repeat(43) };
  const event: Record<string, unknown> = { ...base, ...eventOf(seq, user), ...chain };
  return { seq, user: String(event['user']), line: JSON.stringify(event) };
}

function eventOf(seq: number, user: string): Record<string, unknown> {
  if (seq % 37 === 0)
    return { event: 'login.failed', user, success: false, reason: 'The user or the password is wrong.' };
  if (seq % 29 === 0) {
    const [before, after] = [['reader'], ['reader', 'dev']].map((roles) => ({
      kind: 'user',
      metadata: { name: 'bob' },
      spec: { roles },
    }));
    return {
      event: 'resource.updated',
      user: 'alice',
      success: true,
      resource: { kind: 'user', name: 'bob', before, after },
    };
  }
  const isRefused = seq % 11 === 0;
  return {
    event: 'aws.request',
    user,
    success: !isRefused,
    app: 'aws',
    roleArn: 'arn:aws:iam::123456789012:role/ExampleTeleportDynamoDBRole',
    requestId: `req-${(seq * 7919).toString(16).padStart(10, '0')}`,
    aws: {
      service: 'dynamodb',
      action: `dynamodb:${actions[seq % actions.length]}`,
      region: 'us-east-1',
      host: 'dynamodb.us-east-1.amazonaws.com',
      resource: tables[seq % tables.length],
      status: isRefused ? 400 : 200,
      ...(isRefused && { errorCode: 'AccessDeniedException' }),
      durationMs: (seq * 13) % 90,
    },
  };
}

/** So many events, the last of them a moment ago. */
export function auditLines(count: number): { seq: number; user: string; line: string }[] {
  const start = Date.now() - count * 47 * second;
  return Array.from({ length: count }, (_, index) => auditLine(index + 1, start + index * 47 * second));
}
