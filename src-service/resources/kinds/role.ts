import { z } from 'zod';
import { tenantSigningNames } from '../../../src-shared/aws/tenants.ts';
import { otherRuleResources, verbs } from '../../access/admin.ts';
import { type ArnSyntax, arnEntryProblem } from '../../access/arns.ts';
import { labelProblems } from '../../access/labels.ts';
import { chainedRoleModes, defaultRoleOptions, type Role, type RoleConditions } from '../../access/role.ts';
import { isTagKey, isTagValue, maxTags } from '../../access/session-options.ts';
import { parseTemplate } from '../../access/template.ts';
import { parseDuration } from '../../config/duration.ts';
import { nearestName } from '../../config/nearest-name.ts';
import { defineKind, documentSchema, type Finding, flag, kinds, text, textOrList } from '../document.ts';
import { duration } from './fields.ts';

const rule = z.strictObject({ resources: z.array(text).min(1), verbs: z.array(text).min(1) });

const asking = {
  app_labels: z.record(text, textOrList).optional(),
  aws_role_arns: z.array(text).min(1),
};

const conditions = z.strictObject({
  app_labels: z.record(text, textOrList).optional(),
  aws_role_arns: z.array(text).optional(),
  rules: z.array(rule).optional(),
  request: z.strictObject({ ...asking, max_duration: duration.optional() }).optional(),
  review_requests: z.strictObject(asking).optional(),
});

const options = z.strictObject({
  max_session_ttl: duration.optional(),
  require_session_mfa: flag.optional(),
  aws_read_only: flag.optional(),
  aws_session_tags: z.record(text, text).optional(),
  aws_source_identity: z.union([flag, text], { error: 'it must be true or a template.' }).optional(),
  aws_chained_roles: z.enum(chainedRoleModes).optional(),
  aws_customer_hosts: z.array(z.enum(tenantSigningNames as [string, ...string[]])).optional(),
  aws_credential_calls: z.enum(['allow', 'deny']).optional(),
  aws_role_globs: flag.optional(),
});

const schema = documentSchema(
  'role',
  ['v3', 'v4', 'v5', 'v6', 'v7', 'v8'],
  z.strictObject({ options: options.optional(), allow: conditions.optional(), deny: conditions.optional() }),
);
type RoleDocument = z.output<typeof schema>;
type Conditions = z.output<typeof conditions>;

const ruleResources: readonly string[] = [...kinds, ...otherRuleResources, '*'];
const ruleVerbs: readonly string[] = [...verbs, '*'];

/** `role`: what its users may do. */
export const roleKind = defineKind({
  kind: 'role',
  plural: 'roles',
  schema,
  check: ({ spec }) => [
    ...sideFindings('allow', spec.allow ?? {}, spec.options?.aws_role_globs ?? false),
    ...sideFindings('deny', spec.deny ?? {}, spec.options?.aws_role_globs ?? false),
    ...optionFindings(spec.options ?? {}),
  ],
});

function sideFindings(side: 'allow' | 'deny', conditions: Conditions, globs: boolean): Finding[] {
  const path = ['spec', side];
  const syntax = { any: side === 'deny', globs };
  const { request, review_requests: review } = conditions;
  return [
    ...targetFindings(path, conditions, syntax),
    ...(request ? targetFindings([...path, 'request'], request, syntax) : []),
    ...(review ? targetFindings([...path, 'review_requests'], review, { ...syntax, any: true }) : []),
    ...(conditions.rules ?? []).flatMap((one, index) => ruleFindings([...path, 'rules', index], one)),
  ];
}

/** What is wrong with the apps and ARNs that a part of a role names. */
function targetFindings(
  path: string[],
  { aws_role_arns: arns = [], app_labels: labels = {} }: Pick<Conditions, 'aws_role_arns' | 'app_labels'>,
  syntax: ArnSyntax,
): Finding[] {
  return [
    ...arns.flatMap((entry, index) => {
      const problem = arnEntryProblem(entry, syntax);
      return problem ? [{ path: [...path, 'aws_role_arns', index], ...problem }] : [];
    }),
    ...Object.entries(labels).flatMap(([key, values]) =>
      labelProblems(key, [values].flat()).map((message) => ({ path: [...path, 'app_labels', key], message })),
    ),
  ];
}

function ruleFindings(path: (string | number)[], { resources, verbs: own }: z.output<typeof rule>): Finding[] {
  const unknown = (field: string, values: readonly string[], known: readonly string[]) =>
    values.flatMap((value, index) => {
      if (known.includes(value)) return [];
      const near = nearestName(value, known);
      const hint = near === undefined ? `There are: ${known.join(', ')}.` : `Did you mean ${near}?`;
      return [{ path: [...path, field, index], message: `${value} is not known in ${field}. ${hint}` }];
    });
  return [...unknown('resources', resources, ruleResources), ...unknown('verbs', own, ruleVerbs)];
}

function optionFindings({ aws_session_tags: tags = {}, aws_source_identity: identity }: z.output<typeof options>) {
  const findings: Finding[] = [];
  const path = ['spec', 'options', 'aws_session_tags'];
  if (Object.keys(tags).length > maxTags)
    findings.push({ path, message: `AWS takes ${maxTags} session tags at most.` });
  for (const [key, value] of Object.entries(tags)) {
    if (!isTagKey(key)) {
      const message = `"${key}" is no key for a session tag: 1 to 128 letters, digits, spaces and _.:/=+-@, not aws:….`;
      findings.push({ path: [...path, key], message });
    }
    const template = parseTemplate(value);
    if (!template.ok) findings.push({ path: [...path, key], message: template.message });
    else if (!isTagValue(template.isLiteral ? value : template.prefix + template.suffix)) {
      findings.push({ path: [...path, key], message: `AWS takes no session tag with the value "${value}".` });
    }
  }
  const template = typeof identity === 'string' ? parseTemplate(identity) : undefined;
  if (template && !template.ok) {
    findings.push({ path: ['spec', 'options', 'aws_source_identity'], message: template.message });
  }
  return findings;
}

/** Fills in a role's defaults: up to v3 a role allows all apps unless it says otherwise, from v4 on none. */
export function toRole({ metadata, version, spec }: RoleDocument): Role {
  const { max_session_ttl: ttl, ...own } = spec.options ?? {};
  const allApps = version === 'v3' ? { '*': ['*'] } : {};
  return {
    name: metadata.name,
    allow: toConditions(spec.allow ?? {}, allApps),
    deny: toConditions(spec.deny ?? {}, {}, { '*': ['*'] }),
    options: {
      maxSessionTtl: ttl === undefined ? undefined : parseDuration(ttl),
      readOnly: own.aws_read_only ?? defaultRoleOptions.readOnly,
      sessionTags: own.aws_session_tags ?? defaultRoleOptions.sessionTags,
      sourceIdentity: own.aws_source_identity ?? defaultRoleOptions.sourceIdentity,
      requireSessionMfa: own.require_session_mfa ?? defaultRoleOptions.requireSessionMfa,
      chainedRoles: own.aws_chained_roles ?? defaultRoleOptions.chainedRoles,
      customerHosts: own.aws_customer_hosts ?? defaultRoleOptions.customerHosts,
      credentialCalls: own.aws_credential_calls !== 'deny',
      roleGlobs: own.aws_role_globs ?? defaultRoleOptions.roleGlobs,
    },
  };
}

type Labels = Record<string, string[]>;

/** @param askingLabels the apps of requests, where their part names none; those of the side itself unless given */
function toConditions(conditions: Conditions, defaultLabels: Labels, askingLabels?: Labels): RoleConditions {
  const { app_labels: labels, aws_role_arns: arns = [], rules = [], request, review_requests: review } = conditions;
  const own = asLists(labels) ?? defaultLabels;
  const toAsking = (part: { app_labels?: Conditions['app_labels']; aws_role_arns: string[] }) => ({
    app_labels: asLists(part.app_labels) ?? askingLabels ?? own,
    aws_role_arns: part.aws_role_arns,
  });
  const { max_duration: longest } = request ?? {};
  return {
    app_labels: own,
    aws_role_arns: arns,
    rules,
    ...(request && {
      request: { ...toAsking(request), ...(longest !== undefined && { maxDuration: parseDuration(longest) }) },
    }),
    ...(review && { review: toAsking(review) }),
  };
}

function asLists(labels: Conditions['app_labels']): Labels | undefined {
  return labels && Object.fromEntries(Object.entries(labels).map(([key, values]) => [key, [values].flat()]));
}
