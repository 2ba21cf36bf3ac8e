import { z } from 'zod';
import { defineCalls, done, errorData, nothing, regionName } from './common.ts';
import { theme } from './state.ts';

/** A profile of this machine's AWS configuration. No key of it is ever shown. */
export const awsProfile = z.strictObject({
  name: z.string(),
  region: z.string().optional(),
  /** How the profile gets its credentials, for people: `access keys`, `IAM Identity Center`, … */
  kind: z.string(),
  /** The role that the profile itself would assume. */
  roleArn: z.string().optional(),
});
export type AwsProfile = z.infer<typeof awsProfile>;

const endpointUrl = z.url({ protocol: /^https?$/ }).max(2048);

/** What "use my AWS credentials" needs to know. */
export const ownCredentials = z.strictObject({
  profile: z.string().min(1).max(256),
  region: regionName,
  roleArns: z.array(z.string().min(1).max(700)).min(1).max(200),
  /** Custom upstreams by service, `*` for all others: VPC endpoints, LocalStack. */
  endpoints: z.record(z.string().regex(/^(\*|[a-z0-9][a-z0-9.-]*)$/), endpointUrl),
});
export type OwnCredentials = z.infer<typeof ownCredentials>;

/** What came of assuming one role. */
export const roleCheck = z.strictObject({
  roleArn: z.string(),
  ok: z.boolean(),
  /** Who one would be: `arn:aws:sts::…:assumed-role/Role/user`. */
  assumedRoleArn: z.string().optional(),
  error: errorData.optional(),
  /** A trust-policy statement to add, where that is what is missing. */
  policy: z.string().optional(),
});
export type RoleCheck = z.infer<typeof roleCheck>;

/** Settings, the sandbox's reset, and the way over to one's own AWS account. */
export const settingsCalls = defineCalls({
  'settings.setTheme': { input: z.strictObject({ theme }), output: done },
  'own.profiles': { input: nothing, output: z.array(awsProfile) },
  /** What was used last, to fill the form with. */
  'own.saved': { input: nothing, output: z.strictObject({ saved: ownCredentials.optional() }) },
  'own.check': { input: ownCredentials, output: z.array(roleCheck) },
  'own.use': { input: ownCredentials, output: done },
  'sandbox.reset': { input: nothing, output: done },
});
