import { describe, expect, it } from 'vitest';
import { requireReading } from './read-only.ts';

describe('a read-only session', () => {
  it.each([
    'dynamodb:GetItem',
    'dynamodb:Query',
    'dynamodb:Scan',
    'dynamodb:BatchGetItem',
    'dynamodb:TransactGetItems',
    'dynamodb:ListTables',
    's3:GetObject',
    's3:HeadObject',
    'sts:GetCallerIdentity',
    'iam:GetCredentialReport',
    'iam:ListAccessKeys',
  ])('may call %s', (action) => {
    expect(() => requireReading(action)).not.toThrow();
  });

  it.each([
    'dynamodb:PutItem',
    'dynamodb:TransactWriteItems',
    'dynamodb:ExecuteStatement',
    'dynamodb:PartiQLSelect',
    's3:PutObject',
    'lambda:InvokeFunction',
    'sts:AssumeRole',
    'sts:GetSessionToken',
    'codeartifact:GetAuthorizationToken',
    'redshift-serverless:GetCredentials',
    'cognito-identity:GetCredentialsForIdentity',
    'lightsail:GetInstanceAccessDetails',
    'lightsail:GetBucketAccessKeys',
    'gamelift:GetComputeAccess',
    'connect:GetFederationToken',
    'codepipeline:GetThirdPartyJobDetails',
    'secretsmanager:GetSecretValue',
    'states:GetActivityTask',
    'getter:Delete',
    'Get',
    undefined,
  ])('may not call %s', (action) => {
    expect(() => requireReading(action)).toThrow(/read-only/);
  });

  it('may select with PartiQL, and nothing else with it', () => {
    const body = (statement: string) => Buffer.from(JSON.stringify({ Statement: statement }));
    expect(() => requireReading('dynamodb:ExecuteStatement', body('SELECT * FROM t'))).not.toThrow();
    for (const statement of ['DELETE FROM t', 'SELECT * FROM t; DELETE FROM t', ''])
      expect(() => requireReading('dynamodb:ExecuteStatement', body(statement))).toThrow(/read-only/);
    // A body that nobody has read, and one of another service.
    expect(() => requireReading('dynamodb:ExecuteStatement', null)).toThrow(/read-only/);
    expect(() => requireReading('s3:ExecuteStatement', body('SELECT * FROM t'))).toThrow(/read-only/);
  });
});
