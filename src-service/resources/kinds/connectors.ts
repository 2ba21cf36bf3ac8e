import { z } from 'zod';
import { acsPath, callbackPath } from '../../../src-shared/contracts/sign-on-api.ts';
import { defineKind, documentSchema, type Finding, flag, longText, text } from '../document.ts';
import { httpsUrl, mappingFindings, roleNames } from './fields.ts';

const display = text.optional();
const seconds = z.union([z.number().int().min(0), text.regex(/^\d{1,9}$/).transform(Number)], {
  error: 'it must be a number of seconds.',
});
const redirectUrls = z.union([httpsUrl, z.array(httpsUrl).min(1)], {
  error: 'it must be an address that begins with https://, or a list of them.',
});

/** Providers send people back to one page of the service. */
function pathFindings(
  path: (string | number)[],
  urls: string | readonly string[] | undefined,
  page: string,
): Finding[] {
  return [urls ?? []].flat().flatMap((address) => {
    const url = new URL(address);
    if (url.pathname === page && url.search === '' && url.hash === '') return [];
    return [{ path, message: `The service answers there at ${page} only.`, corrected: `${url.origin}${page}` }];
  });
}

const oidcSchema = documentSchema(
  'oidc',
  ['v2', 'v3'],
  z.strictObject({
    display,
    issuer_url: httpsUrl,
    client_id: text.min(1),
    client_secret: text.min(1).optional(),
    redirect_url: redirectUrls.optional(),
    scope: z.array(text).optional(),
    prompt: text.optional(),
    acr_values: text.optional(),
    /** Seconds since the last sign-in at the provider, at most. */
    max_age: seconds.optional(),
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
  check: ({ spec }) => [
    ...pathFindings(['spec', 'redirect_url'], spec.redirect_url, callbackPath),
    ...spec.claims_to_roles.flatMap(({ value }, index) =>
      mappingFindings(['spec', 'claims_to_roles', index, 'value'], value),
    ),
  ],
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
    acs: httpsUrl.optional(),
    /** The attribute whose value is the user's name; the NameID by default. */
    username_attribute: text.optional(),
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
    ...pathFindings(['spec', 'acs'], spec.acs, acsPath),
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

const githubSchema = documentSchema(
  'github',
  ['v3'],
  z.strictObject({
    display,
    client_id: text.min(1),
    client_secret: text.min(1).optional(),
    redirect_url: httpsUrl.optional(),
    /** A GitHub Enterprise server. */
    endpoint_url: httpsUrl.optional(),
    /** Its API, where that is not at /api/v3 of the server. */
    api_endpoint_url: httpsUrl.optional(),
    teams_to_roles: z.array(z.strictObject({ organization: teamName, team: teamName, roles: roleNames })).default([]),
  }),
);

/** `github`: teams of GitHub, or of a GitHub Enterprise server. */
export const githubKind = defineKind({
  kind: 'github',
  plural: 'github',
  schema: githubSchema,
  secrets: [['client_secret']],
  check: ({ spec }) => pathFindings(['spec', 'redirect_url'], spec.redirect_url, callbackPath),
});

/** The specs as logins use them. */
export type OidcSpec = z.output<typeof oidcSchema>['spec'];
export type SamlSpec = z.output<typeof samlSchema>['spec'];
export type GithubSpec = z.output<typeof githubSchema>['spec'];
