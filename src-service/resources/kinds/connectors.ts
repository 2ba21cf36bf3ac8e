import { z } from 'zod';
import { defineKind, documentSchema, type Finding, flag, longText, text, textOrList } from '../document.ts';
import { httpsUrl, mappingFindings, roleNames } from './fields.ts';

const display = text.optional();

const oidcSchema = documentSchema(
  'oidc',
  ['v2', 'v3'],
  z.strictObject({
    display,
    issuer_url: httpsUrl,
    client_id: text.min(1),
    client_secret: text.min(1).optional(),
    redirect_url: textOrList.optional(),
    scope: z.array(text).optional(),
    prompt: text.optional(),
    acr_values: text.optional(),
    max_age: text.optional(),
    username_claim: text.optional(),
    allow_unverified_email: flag.optional(),
    claims_to_roles: z.array(z.strictObject({ claim: text.min(1), value: text, roles: roleNames })).default([]),
  }),
);

/** `oidc`: a sign-on provider that speaks OpenID Connect. */
export const oidcKind = defineKind({
  kind: 'oidc',
  plural: 'oidc',
  schema: oidcSchema,
  secrets: [['client_secret']],
  check: ({ spec }) =>
    spec.claims_to_roles.flatMap(({ value }, index) =>
      mappingFindings(['spec', 'claims_to_roles', index, 'value'], value),
    ),
});

const keyPair = z.strictObject({ cert: longText, private_key: longText.optional() });

const samlSchema = documentSchema(
  'saml',
  ['v2'],
  z.strictObject({
    display,
    /** The provider's description, or where it is; or the three that follow. */
    entity_descriptor: longText.optional(),
    entity_descriptor_url: httpsUrl.optional(),
    issuer: text.optional(),
    sso: httpsUrl.optional(),
    cert: longText.optional(),
    acs: text.optional(),
    audience: text.optional(),
    service_provider_issuer: text.optional(),
    provider: text.optional(),
    allow_idp_initiated: flag.optional(),
    signing_key_pair: keyPair.optional(),
    assertion_key_pair: keyPair.optional(),
    attributes_to_roles: z.array(z.strictObject({ name: text.min(1), value: text, roles: roleNames })).default([]),
  }),
);

/** `saml`: a sign-on provider that speaks SAML 2.0. */
export const samlKind = defineKind({
  kind: 'saml',
  plural: 'saml',
  schema: samlSchema,
  secrets: [
    ['signing_key_pair', 'private_key'],
    ['assertion_key_pair', 'private_key'],
  ],
  check: ({ spec }) => [
    ...providerFindings(spec),
    ...spec.attributes_to_roles.flatMap(({ value }, index) =>
      mappingFindings(['spec', 'attributes_to_roles', index, 'value'], value),
    ),
  ],
});

function providerFindings(spec: z.output<typeof samlSchema>['spec']): Finding[] {
  if (spec.entity_descriptor !== undefined || spec.entity_descriptor_url !== undefined) return [];
  const missing = (['issuer', 'sso', 'cert'] as const).filter((key) => spec[key] === undefined);
  if (missing.length === 0) return [];
  const message =
    'Who the provider is, is not said: it needs entity_descriptor, entity_descriptor_url, or all of issuer, sso and cert ' +
    `(${missing.join(', ')} missing).`;
  return [{ path: ['spec'], message }];
}

const teamName = text.min(1);

/** `github`: teams of GitHub, or of a GitHub Enterprise server. */
export const githubKind = defineKind({
  kind: 'github',
  plural: 'github',
  schema: documentSchema(
    'github',
    ['v3'],
    z.strictObject({
      display,
      client_id: text.min(1),
      client_secret: text.min(1).optional(),
      redirect_url: text.optional(),
      endpoint_url: httpsUrl.optional(),
      api_endpoint_url: httpsUrl.optional(),
      teams_to_roles: z.array(z.strictObject({ organization: teamName, team: teamName, roles: roleNames })).default([]),
    }),
  ),
  secrets: [['client_secret']],
});
