import { describe, expect, it } from 'vitest';
import { handsOutCredentials, requireNoCredentials } from './handing-out.ts';

describe('calls that hand out credentials', () => {
  it.each([
    'iam:CreateAccessKey',
    'iam:CreateLoginProfile',
    'cognito-identity:GetCredentialsForIdentity',
    'redshift:GetClusterCredentials',
    'redshift:GetClusterCredentialsWithIAM',
    'redshift-serverless:GetCredentials',
    'ecr:GetAuthorizationToken',
    'codeartifact:GetAuthorizationToken',
    'lightsail:GetInstanceAccessDetails',
    'connect:GetFederationToken',
    'ssm:StartSession',
    'sts:AssumeRoleWithWebIdentity',
  ])('are such as %s', (action) => {
    expect(handsOutCredentials(action)).toBe(true);
    expect(() => requireNoCredentials(action)).toThrow(action);
  });

  it.each([
    'iam:ListAccessKeys',
    'iam:GetRole',
    // Its answer has virtual credentials in the place of real ones.
    'sts:AssumeRole',
    'sts:GetCallerIdentity',
    's3:GetObject',
    's3:CreateSession',
    'dynamodb:PutItem',
    // What people have put in; IAM says who may have it.
    'secretsmanager:GetSecretValue',
  ])('are not such as %s', (action) => {
    expect(() => requireNoCredentials(action)).not.toThrow();
  });

  it('may be anything that has no name', () => {
    expect(() => requireNoCredentials(undefined)).toThrow(/may hand out/);
  });
});
