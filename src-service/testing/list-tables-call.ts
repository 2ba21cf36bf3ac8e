import type { AwsCall } from '../../src-shared/contracts/aws-call.ts';

/** A call that every app session with DynamoDB may make, and that changes nothing. */
export const listTablesCall = (appSessionId: string): AwsCall => ({
  requestId: 'request-1',
  appSessionId,
  method: 'POST',
  path: '/',
  query: '',
  headers: [['X-Amz-Target', 'DynamoDB_20120810.ListTables']],
  signedHeaders: ['x-amz-target'],
  service: 'dynamodb',
  region: 'us-east-1',
  host: 'dynamodb.us-east-1.amazonaws.com',
  body: Buffer.from('{}'),
});
