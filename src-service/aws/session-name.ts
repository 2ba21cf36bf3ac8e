import { createHash } from 'node:crypto';

const maxLength = 64;

/**
 * A user's name as a role session name, which is what CloudTrail and the console show. Names that STS takes stay as
 * they are; others get their strange characters replaced and a part of their hash appended, so that two users never
 * share one. Source: STS API reference, AssumeRole, RoleSessionName: 2 to 64 of `\w+=,.@-`.
 */
export function roleSessionName(user: string): string {
  if (/^[\w+=,.@-]{2,64}$/.test(user)) return user;
  const hash = createHash('sha256').update(user, 'utf8').digest('hex').slice(0, 12);
  const readable = user.replace(/[^\w+=,.@-]/g, '-').slice(0, maxLength - hash.length - 1);
  return `${readable}-${hash}`;
}
