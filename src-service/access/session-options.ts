import { roleSessionName } from '../aws/session-name.ts';
import { type ChainedRoleMode, chainedRoleModes, type Role, traitSources, type User } from './role.ts';
import { expandTemplate, parseTemplate } from './template.ts';

/** What holds for an app session: the options of all roles that allow it, the strictest of each. */
export interface SessionOptions {
  readOnly: boolean;
  /** Tags for AssumeRole, by key. */
  sessionTags: Readonly<Record<string, string>>;
  /** SourceIdentity for AssumeRole. */
  sourceIdentity: string | undefined;
  chainedRoles: ChainedRoleMode;
  /** Signing names with which requests may go to hosts that customers of AWS answer on. */
  customerHosts: readonly string[];
  /** Whether calls may be made whose answers hold credentials. */
  credentialCalls: boolean;
  /** Milliseconds; the shortest of all the user's roles, also of those that do not allow this session. */
  maxSessionTtl: number | undefined;
  requireSessionMfa: boolean;
}

/**
 * Puts together the options of an app session.
 *
 * @param granting the roles that allow it, in the user's order
 * @param all all roles of the user
 * @returns a sentence when a tag or the source identity cannot be told: policies in AWS may stand on them, so a
 *   session without them must not begin
 */
export function sessionOptions(user: User, granting: readonly Role[], all: readonly Role[]): SessionOptions | string {
  const tags = sessionTags(user, granting);
  if (typeof tags === 'string') return tags;
  const identity = sourceIdentity(user, granting);
  if ('problem' in identity) return identity.problem;
  const modes = granting.map(({ options }) => chainedRoleModes.indexOf(options.chainedRoles));
  return {
    readOnly: granting.some(({ options }) => options.readOnly),
    sessionTags: tags,
    sourceIdentity: identity.value,
    chainedRoles: chainedRoleModes[Math.min(...modes)] ?? 'deny',
    customerHosts: commonTo(granting.map(({ options }) => options.customerHosts)),
    credentialCalls: granting.every(({ options }) => options.credentialCalls),
    maxSessionTtl: shortestTtl(all),
    requireSessionMfa: granting.some(({ options }) => options.requireSessionMfa),
  };
}

/** What stands in every one of some lists. */
function commonTo([first = [], ...others]: readonly (readonly string[])[]): string[] {
  return first.filter((entry) => others.every((other) => other.includes(entry)));
}

/** The shortest `max_session_ttl` of these roles, in milliseconds. */
export function shortestTtl(roles: readonly Role[]): number | undefined {
  const ttls = roles.map(({ options }) => options.maxSessionTtl).filter((ttl) => ttl !== undefined);
  return ttls.length === 0 ? undefined : Math.min(...ttls);
}

/** A key that two roles set has the value of the first. */
function sessionTags(user: User, granting: readonly Role[]): Record<string, string> | string {
  const tags: Record<string, string> = {};
  for (const role of granting) {
    for (const [key, text] of Object.entries(role.options.sessionTags)) {
      if (Object.hasOwn(tags, key)) continue;
      const value = singleValue(user, text);
      if ('problem' in value) return `The role ${role.name} sets the session tag ${key}, but ${value.problem}.`;
      if (!isTagValue(value.value)) {
        return `The role ${role.name} sets the session tag ${key}, but AWS takes no tag with the value "${value.value}".`;
      }
      tags[key] = value.value;
    }
  }
  if (Object.keys(tags).length <= maxTags) return tags;
  return `The roles set ${Object.keys(tags).length} session tags; AWS takes ${maxTags}.`;
}

function sourceIdentity(user: User, granting: readonly Role[]): { value: string | undefined } | { problem: string } {
  for (const { name, options } of granting) {
    if (options.sourceIdentity === false) continue;
    if (options.sourceIdentity === true) return { value: roleSessionName(user.name) };
    const value = singleValue(user, options.sourceIdentity);
    if ('problem' in value) return { problem: `The role ${name} sets the source identity, but ${value.problem}.` };
    // The rules for it are those of a session name.
    return { value: roleSessionName(value.value) };
  }
  return { value: undefined };
}

/** A template where there is room for one value: a trait's first. */
function singleValue(user: User, text: string): { value: string } | { problem: string } {
  const template = parseTemplate(text);
  if (!template.ok) return { problem: template.message };
  const { values, problems, leftOut } = expandTemplate(template, traitSources(user));
  const [value] = values;
  if (value !== undefined) return { value };
  return { problem: problems[0] ?? leftOut[0] ?? 'it comes to nothing' };
}

/** Source: STS API reference, AssumeRole, Tags (50 at most) and Tag (key 1 to 128 characters, value up to 256). */
export const maxTags = 50;
const tagCharacters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

export function isTagKey(key: string): boolean {
  return key.length >= 1 && key.length <= 128 && tagCharacters.test(key) && !/^aws:/i.test(key);
}

export function isTagValue(value: string): boolean {
  return value.length <= 256 && tagCharacters.test(value);
}
