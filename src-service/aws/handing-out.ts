import { RolegateError } from '../../src-shared/errors.ts';

/**
 * Operations that read by their names, and answer with credentials, tokens or secrets. Source: the outputs of botocore's
 * operations.
 */
const byName =
  /:(?:Get|BatchGet|Describe)\w*(?:Credentials|Token|SecretValue|UserPassword|AccessDetails|AccessKeys|(?:Instance|Compute)Access$)|^codepipeline:Get\w*JobDetails$|^kinesisvideo:GetIceServerConfig$|^opsworks:Describe(?:Apps|Stacks|RdsDbInstances)$/;

/** Operations that make credentials of AWS's, or set the password of somebody who can log in to AWS. */
const making = new Set([
  'iam:CreateAccessKey',
  'iam:CreateLoginProfile',
  'iam:CreateServiceSpecificCredential',
  'iam:ResetServiceSpecificCredential',
  'iam:UpdateLoginProfile',
  'iot:CreateKeysAndCertificate',
  'gamelift:RequestUploadCredentials',
  'lightsail:CreateBucketAccessKey',
  'redshift:GetClusterCredentialsWithIAM',
  'ssm:StartSession',
  'ssm:ResumeSession',
  'sts:AssumeRoleWithSAML',
  'sts:AssumeRoleWithWebIdentity',
]);

/** Whether an operation hands out what opens something, though it only reads by its name. */
export function readsSecrets(action: string): boolean {
  return byName.test(action);
}

/**
 * Whether an operation's answer holds credentials, tokens or passwords with which one can go on without Rolegate. What
 * STS hands out for a chained role is none of these: it stays in the app-service.
 *
 * @param action IAM's name of it (`iam:CreateAccessKey`)
 */
export function handsOutCredentials(action: string): boolean {
  return making.has(action) || (byName.test(action) && !/SecretValue$/.test(action));
}

/**
 * @param action undefined for what has no name that we know: it may be anything
 * @throws RolegateError `access_denied` for a call that hands out credentials
 */
export function requireNoCredentials(action: string | undefined): void {
  if (action !== undefined && !handsOutCredentials(action)) return;
  throw new RolegateError(
    'access_denied',
    `${action ?? 'This request'} may hand out credentials, which your roles deny.`,
    {
      hint: 'The option aws_credential_calls: deny of a role says so.',
    },
  );
}
