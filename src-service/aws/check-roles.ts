import type { RoleCheck } from '../../src-shared/contracts/settings.ts';
import { toErrorData } from '../../src-shared/errors.ts';
import { AssumeRoleError } from './assume-role-error.ts';
import { type AssumerOptions, createRoleAssumer } from './credentials.ts';
import { roleSessionName } from './session-name.ts';

/** The shortest session that STS makes, in seconds: the credentials are thrown away at once. */
const shortest = 900;

/** Tries to assume each role and tells what came of it, with what would mend it. */
export async function checkRoles(
  options: AssumerOptions,
  roleArns: readonly string[],
  user: string,
): Promise<RoleCheck[]> {
  const assumer = createRoleAssumer(options);
  return Promise.all(
    roleArns.map(async (roleArn): Promise<RoleCheck> => {
      try {
        const request = { roleArn, sessionName: roleSessionName(user), duration: shortest, readOnly: false, tags: {} };
        const { assumedRoleArn } = await assumer.assume(request);
        return { roleArn, ok: true, assumedRoleArn };
      } catch (error) {
        const policy = error instanceof AssumeRoleError ? error.trustStatement : undefined;
        return { roleArn, ok: false, error: toErrorData(error), ...(policy !== undefined && { policy }) };
      }
    }),
  );
}
