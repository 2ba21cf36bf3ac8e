import { createHash } from 'node:crypto';
import { accountId } from '../iam/account.ts';
import { findRole } from '../iam/roles.ts';

/** A function of the account. It takes and gives JSON values; what it throws is an error of the function. */
export interface LambdaFunction {
  name: string;
  description: string;
  run(event: unknown): unknown;
}

/** Every function, the same in every region, sorted by name. */
export const functions: readonly LambdaFunction[] = [
  { name: 'echo', description: 'Answers with the event that it was invoked with', run: (event) => event },
  {
    name: 'fail',
    description: 'Fails, so that one can see what a failing function looks like',
    run: () => {
      throw new Error('This function always fails.');
    },
  },
];

export function functionArn(region: string, name: string): string {
  return `arn:aws:lambda:${region}:${accountId}:function:${name}`;
}

/** A function as ListFunctions and GetFunction describe it. */
export function describeFunction({ name, description, run }: LambdaFunction, region: string) {
  const code = run.toString();
  return {
    FunctionName: name,
    FunctionArn: functionArn(region, name),
    Runtime: 'nodejs20.x',
    Role: findRole(`arn:aws:iam::${accountId}:role/ExampleTeleportDynamoDBRole`)?.arn,
    Handler: 'index.handler',
    CodeSize: Buffer.byteLength(code),
    Description: description,
    Timeout: 3,
    LastModified: '2024-01-02T08:00:00.000+0000',
    CodeSha256: createHash('sha256').update(code).digest('base64'),
    Version: '$LATEST',
    MemorySize: 128,
    TracingConfig: { Mode: 'PassThrough' },
    PackageType: 'Zip',
    Architectures: ['x86_64'],
    State: 'Active',
    LastUpdateStatus: 'Successful',
  };
}
