import { describe, expect, it } from 'vitest';
import { makeRole } from '../testing/roles.ts';
import { actorOf, requireVerb } from './actor.ts';
import { mayAdminister, type Verb } from './admin.ts';
import type { ResourceRule, Role } from './role.ts';

const allow = (...rules: ResourceRule[]) => makeRole('allow', { allow: { rules } });
const deny = (...rules: ResourceRule[]) => makeRole('deny', { deny: { rules } });

describe('what somebody may do with resources', () => {
  it.each([
    ['nothing by default', [makeRole('r', {})], 'role', 'list', false],
    ['what a rule allows', [allow({ resources: ['role'], verbs: ['list'] })], 'role', 'list', true],
    ['not another verb', [allow({ resources: ['role'], verbs: ['list'] })], 'role', 'update', false],
    ['not another resource', [allow({ resources: ['role'], verbs: ['list'] })], 'user', 'list', false],
    ['every verb', [allow({ resources: ['role'], verbs: ['*'] })], 'role', 'delete', true],
    ['every resource', [allow({ resources: ['*'], verbs: ['list'] })], 'event', 'list', true],
    [
      'reading without secrets, with read',
      [allow({ resources: ['oidc'], verbs: ['read'] })],
      'oidc',
      'readnosecrets',
      true,
    ],
    [
      'no secrets with readnosecrets',
      [allow({ resources: ['oidc'], verbs: ['readnosecrets'] })],
      'oidc',
      'read',
      false,
    ],
    [
      'not what another role denies',
      [allow({ resources: ['*'], verbs: ['*'] }), deny({ resources: ['role'], verbs: ['update'] })],
      'role',
      'update',
      false,
    ],
    [
      'no secrets where reading is denied',
      [allow({ resources: ['*'], verbs: ['*'] }), deny({ resources: ['*'], verbs: ['readnosecrets'] })],
      'role',
      'read',
      false,
    ],
    [
      'what is not denied',
      [allow({ resources: ['*'], verbs: ['*'] }), deny({ resources: ['role'], verbs: ['update'] })],
      'role',
      'list',
      true,
    ],
    [
      'nothing with a role that cannot be read',
      [allow({ resources: ['*'], verbs: ['*'] }), { ...makeRole('x', {}), unreadable: 'broken' }],
      'role',
      'list',
      false,
    ],
  ] as [string, Role[], string, Verb, boolean][])('is %s', (_, roles, resource, verb, expected) => {
    expect(mayAdminister(roles, resource, verb).allowed).toBe(expected);
  });

  it('is told with what it would take', () => {
    const user = { name: 'bob', roles: ['deny'], traits: {} };
    const roles = new Map([['deny', deny({ resources: ['user'], verbs: ['*'] })]]);
    expect(() => requireVerb(actorOf(user, roles), 'create', 'role')).toThrow('bob may not create role resources.');
    expect(() => requireVerb(actorOf(user, roles), 'create', 'user')).toThrow(
      expect.objectContaining({ code: 'access_denied', hint: 'The role deny denies it.' }),
    );
  });
});
