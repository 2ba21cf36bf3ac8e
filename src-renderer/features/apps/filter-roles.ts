import type { AppInfo, IamRole } from '../../../src-shared/contracts/service-api.ts';
import { hasWords, wordsOf } from '../../ui/words.ts';

/** The roles that hold every word of the search somewhere in their ARN, in the order in which they came. */
export function filterRoles(roles: readonly IamRole[], search: string): readonly IamRole[] {
  const words = wordsOf(search);
  return words.length === 0 ? roles : roles.filter(({ arn }) => hasWords(arn, words));
}

/** Of the roles that can be asked for, those that hold every word of the search. */
export function filterRequestable(
  requestable: NonNullable<AppInfo['requestable']>,
  search: string,
): NonNullable<AppInfo['requestable']> {
  const words = wordsOf(search);
  return words.length === 0 ? requestable : requestable.filter(({ role }) => hasWords(role.arn, words));
}
