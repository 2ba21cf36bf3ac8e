import { z } from 'zod';
import { parseDuration } from '../../config/duration.ts';
import { defineKind, documentSchema, flag, text } from '../document.ts';
import { duration } from './fields.ts';

export const authPreferenceName = 'cluster-auth-preference';

const schema = documentSchema(
  'cluster_auth_preference',
  ['v2'],
  z.strictObject({
    /** What the login screen offers first. */
    type: z.enum(['local', 'oidc', 'saml', 'github']).default('local'),
    connector_name: text.optional(),
    /** Whether users with passwords may log in. */
    local_auth: flag.default(true),
    second_factor: z.enum(['off', 'optional', 'otp', 'webauthn', 'on']).default('optional'),
    default_session_ttl: duration.optional(),
    /** A login that nobody uses for so long is over. */
    idle_timeout: duration.optional(),
  }),
);

/** `cluster_auth_preference`: how people log in to this cluster. There is one. */
export const authPreferenceKind = defineKind({
  kind: 'cluster_auth_preference',
  plural: 'cluster_auth_preferences',
  schema,
  check: ({ metadata, spec }) => [
    ...(metadata.name === authPreferenceName
      ? []
      : [{ path: ['metadata', 'name'], message: `There is one, and its name is ${authPreferenceName}.` }]),
    ...(spec.type !== 'local' && spec.connector_name === undefined
      ? [{ path: ['spec', 'type'], message: `With type ${spec.type}, connector_name has to say which connector.` }]
      : []),
    ...(spec.type === 'local' && !spec.local_auth
      ? [{ path: ['spec', 'local_auth'], message: 'With local_auth: false and type: local nobody could log in.' }]
      : []),
  ],
});

/** How people log in, as the service uses it. */
export interface AuthPreference {
  type: 'local' | 'oidc' | 'saml' | 'github';
  connectorName: string | undefined;
  localAuth: boolean;
  secondFactor: 'off' | 'optional' | 'otp' | 'webauthn' | 'on';
  /** Milliseconds. */
  defaultSessionTtl: number;
  /** Milliseconds; undefined where an unused login is over only when its time is. */
  idleTimeout: number | undefined;
}

const defaultSessionTtl = 12 * 3_600_000;

export function toAuthPreference(document: z.output<typeof schema> | undefined): AuthPreference {
  const spec = document?.spec;
  return {
    type: spec?.type ?? 'local',
    connectorName: spec?.connector_name,
    localAuth: spec?.local_auth ?? true,
    secondFactor: spec?.second_factor ?? 'optional',
    defaultSessionTtl: parseDuration(spec?.default_session_ttl ?? '') ?? defaultSessionTtl,
    idleTimeout: spec?.idle_timeout === undefined ? undefined : parseDuration(spec.idle_timeout),
  };
}
