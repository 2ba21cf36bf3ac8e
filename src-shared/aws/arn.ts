import { RolegateError } from '../errors.ts';
import { memoize } from '../memoize.ts';
import { partitionById } from './partitions.ts';

/** An IAM role's ARN, taken apart. `arn:aws:iam::123456789012:role/team/Name` has path `/team/` and name `Name`. */
export interface RoleArn {
  arn: string;
  partition: string;
  accountId: string;
  /** Begins and ends with a slash, as IAM writes it. */
  path: string;
  name: string;
}

const roleArnPattern = /^arn:([a-z-]+):iam::(\d{12}):role(\/(?:[\x21-\x7e]+\/)?)([\w+=,.@-]{1,64})$/;
const oneColonPattern = /^arn:([a-z-]+):iam:((?:\d{12}|aws-account-id)?):?(role\/.*)$/;

/**
 * Takes an IAM role ARN apart. Source: IAM User Guide, "IAM identifiers" (12-digit account, path of up to 512
 * characters between slashes, name of up to 64 of `\w+=,.@-`).
 *
 * @returns undefined when the text is not the ARN of an IAM role in a known partition.
 */
export function parseRoleArn(text: string): RoleArn | undefined {
  return parseOnce(text).role;
}

const parseOnce = memoize((text) => ({ role: parse(text) }));

function parse(text: string): RoleArn | undefined {
  const match = roleArnPattern.exec(text);
  if (!match || text.length > 20 + 20 + 512 + 64) return undefined;
  const [, partition, accountId, path, name] = match as unknown as [string, string, string, string, string];
  if (!partitionById(partition)) return undefined;
  return { arn: text, partition, accountId, path, name };
}

/**
 * What is wrong with a text that should be the ARN of an IAM role, in a sentence, and the corrected text where it
 * can be told.
 *
 * @returns undefined when the text is such an ARN.
 */
export function roleArnProblem(text: string): { message: string; corrected?: string } | undefined {
  if (parseRoleArn(text)) return undefined;
  const corrected = withBothColons(text);
  if (corrected !== undefined) {
    return { message: `"${text}" has one colon too few: IAM ARNs have no region.`, corrected };
  }
  if (/:aws-account-id:/.test(text)) {
    return { message: `"${text}" still has the placeholder aws-account-id. Put your 12-digit account number there.` };
  }
  const account = /^arn:[a-z-]+:iam::([^:]*):role\//.exec(text)?.[1];
  if (account !== undefined && !/^\d{12}$/.test(account)) {
    return { message: `"${text}" has the account number "${account}", but account numbers have 12 digits.` };
  }
  const partition = /^arn:([^:]*):/.exec(text)?.[1];
  if (partition !== undefined && !partitionById(partition)) {
    return { message: `"${text}" names the partition "${partition}", which does not exist.` };
  }
  return {
    message: `"${text}" is not the ARN of an IAM role. It should look like arn:aws:iam::123456789012:role/RoleName.`,
  };
}

/**
 * The text with the colon restored that is missing in `arn:aws:iam:123456789012:role/Name` (a common slip), also
 * when the rest of it is a template.
 *
 * @returns undefined when that is not what is wrong.
 */
export function withBothColons(text: string): string | undefined {
  const match = oneColonPattern.exec(text);
  if (!match || text.includes(':iam::')) return undefined;
  const [, partition, account, role] = match as unknown as [string, string, string, string];
  return `arn:${partition}:iam::${account}:${role}`;
}

/** Like {@link parseRoleArn}, for places where anything else is an error to report. */
export function requireRoleArn(text: string): RoleArn {
  const role = parseRoleArn(text);
  if (role) return role;
  const problem = roleArnProblem(text);
  throw new RolegateError('bad_input', problem?.message ?? `"${text}" is not an ARN.`, {
    hint: problem?.corrected && `Did you mean ${problem.corrected}?`,
  });
}

/** The name as IAM's console shows it under its path: `team/Name`, or `Name` for the path `/`. */
export function fullRoleName(role: RoleArn): string {
  return `${role.path}${role.name}`.slice(1);
}
