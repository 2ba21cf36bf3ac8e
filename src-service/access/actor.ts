import { RolegateError } from '../../src-shared/errors.ts';
import { mayAdminister, type Verb } from './admin.ts';
import { type Role, type Roles, rolesOf, type User } from './role.ts';

/** Who does something with resources, and by which roles. */
export interface Actor {
  name: string;
  roles: readonly Role[];
}

/** A user as the one who acts. */
export function actorOf(user: User, roles: Roles): Actor {
  return { name: user.name, roles: rolesOf(user, roles) };
}

/** @throws RolegateError `access_denied` saying which verb on what is not allowed, and why */
export function requireVerb(actor: Actor, verb: Verb, resource: string): void {
  const { allowed, role } = mayAdminister(actor.roles, resource, verb);
  if (allowed) return;
  const words = verb === 'readnosecrets' ? 'read' : verb === 'read' ? 'read, with secrets,' : verb;
  throw new RolegateError('access_denied', `${actor.name} may not ${words} ${resource} resources.`, {
    hint:
      role === undefined
        ? `It takes a role with ${verb} on ${resource} in spec.allow.rules, such as the preset role ${presetFor(resource)}.`
        : `The role ${role} denies it.`,
  });
}

/** Whether somebody may write resources of a kind: new ones, or those that are there. */
export function mayWrite({ roles }: Actor, kind: string): boolean {
  return (['create', 'update'] as const).some((verb) => mayAdminister(roles, kind, verb).allowed);
}

/**
 * Lets through who may learn what others may assume: whoever sees all roles and users could work it out anyway.
 *
 * @throws RolegateError `access_denied`
 */
export function requireInsight(who: Actor): void {
  for (const kind of ['role', 'user']) {
    requireVerb(who, 'list', kind);
    requireVerb(who, 'readnosecrets', kind);
  }
}

function presetFor(resource: string): string {
  return resource === 'event' ? 'auditor' : 'editor';
}
