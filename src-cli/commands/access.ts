import type { Command } from 'commander';
import type { AccessExplanation, MatrixRow } from '../../src-shared/contracts/admin-api.ts';
import type { Calls } from '../../src-shared/contracts/calls.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { withRolegate } from '../connect.ts';
import { shownTime } from '../moments.ts';
import { formatOption } from '../options.ts';
import { print, table } from '../output.ts';

/** `rolegate access explain` and `matrix`: who may assume what, and why. */
export function addAccessCommands(program: Command): void {
  const access = program.command('access').description('who may assume what, and why');
  access
    .command('explain')
    .description('say whether a user may assume an IAM role through an app, and which rule decides')
    .requiredOption('--user <name>', 'the user')
    .requiredOption('--app <app>', 'the app')
    .requiredOption('--aws-role <role>', 'the IAM role, by name or ARN')
    .addOption(formatOption('text', 'json'))
    .action(explain);
  access
    .command('matrix')
    .description('list who may assume what')
    .option('--user <name>', 'one user only')
    .option('--app <app>', 'one app only')
    .addOption(formatOption('text', 'json', 'csv'))
    .action(matrix);
}

type Explain = { user: string; app: string; awsRole: string; format: string };

async function explain({ user, app, awsRole, format }: Explain): Promise<void> {
  await withRolegate(async (calls) => {
    const roleArn = awsRole.startsWith('arn:') ? awsRole : await arnOf(calls, app, awsRole);
    const explanation = await calls.call('access.explain', { user, app, roleArn });
    print(
      format === 'json'
        ? JSON.stringify({ user, app, aws_role_arn: roleArn, ...explanation }, null, 2)
        : explained(
            explanation,
            `${user} may${explanation.decision.allowed ? '' : ' not'} assume ${roleArn} through ${app}.`,
          ),
    );
  });
}

/** The ARN of a role that somebody has through an app, by its name. */
async function arnOf(calls: Calls, app: string, name: string): Promise<string> {
  const rows = await allRows(calls, { app });
  const arns = [...new Set(rows.filter((row) => !row.isPattern).map(({ roleArn }) => roleArn))];
  const matches = arns.filter((arn) => arn.endsWith(`/${name}`));
  const [match] = matches;
  if (match !== undefined && matches.length === 1) return match;
  if (matches.length > 1) {
    throw new RolegateError('bad_input', `${name} names more than one IAM role. Give the whole ARN.`, {
      hint: matches.join('\n'),
    });
  }
  throw new RolegateError('not_found', `Nobody has an IAM role ${name} through the app ${app}.`, {
    hint: 'To ask about a role that nobody has, give its whole ARN.',
  });
}

function explained({ decision, roles, missingRoles, requestableBy = [] }: AccessExplanation, headline: string): string {
  const { allowed, because, rule, options } = decision;
  const lines = [`${allowed ? 'Yes' : 'No'}: ${headline}`, because];
  if (rule) {
    const entry = rule.entry === undefined ? '' : `: ${rule.entry}`;
    lines.push(`Decided by:  role ${rule.role}, ${rule.side}.${rule.field}${entry}`);
  }
  if (requestableBy.length > 0) lines.push(`May be asked for, by the role ${requestableBy.join(', ')}.`);
  if (options) {
    const {
      readOnly,
      chainedRoles,
      customerHosts,
      credentialCalls,
      sessionTags,
      sourceIdentity,
      maxSessionTtl,
      requireSessionMfa,
    } = options;
    const tags = Object.entries(sessionTags).map(([key, value]) => `${key}=${value}`);
    const words = [
      readOnly ? 'read-only' : 'may write',
      `chained roles: ${chainedRoles}`,
      ...(customerHosts.length === 0 ? [] : [`customers’ hosts: ${customerHosts.join(', ')}`]),
      ...(credentialCalls ? [] : ['no calls that hand out credentials']),
      ...(maxSessionTtl === undefined ? [] : [`at most ${maxSessionTtl / 60_000} min`]),
      ...(requireSessionMfa ? ['needs a second factor'] : []),
      ...(tags.length > 0 ? [`session tags ${tags.join(', ')}`] : []),
      ...(sourceIdentity === undefined ? [] : [`source identity ${sourceIdentity}`]),
    ];
    lines.push(`Session:     ${words.join('; ')}`);
  }
  const rows = roles.map(({ role, appMatches, arnEntry, denyEntry, deniesApp }) => [
    role,
    deniesApp ? 'denies' : appMatches ? 'allows' : '-',
    denyEntry !== undefined ? `denies (${denyEntry})` : arnEntry !== undefined ? `allows (${arnEntry})` : '-',
  ]);
  // That there is none is why, then.
  if (rows.length > 0) lines.push('', table(['Role', 'App', 'IAM role'], rows));
  for (const { role, dropped } of roles) for (const what of dropped) lines.push(`Dropped in ${role}: ${what}`);
  for (const name of missingRoles) lines.push(`The user has a role ${name}, which does not exist.`);
  return lines.join('\n');
}

async function matrix(options: { user?: string; app?: string; format: string }): Promise<void> {
  await withRolegate(async (calls) => {
    const rows = await allRows(calls, options);
    if (options.format === 'json') print(JSON.stringify(rows, null, 2));
    else if (options.format === 'csv') print(csv(rows));
    else if (rows.length === 0) print('Nobody may assume anything.');
    else print(table(headings, rows.map(cells)));
  });
}

const headings = ['User', 'App', 'IAM role', 'By role', 'Remarks'];

function cells({ user, app, roleArn, role, readOnly, lock, until, isPattern }: MatrixRow): string[] {
  const remarks = [
    ...(isPattern ? ['pattern'] : []),
    ...(readOnly ? ['read-only'] : []),
    ...(until === undefined ? [] : [`asked for, until ${shownTime(until)}`]),
    ...(lock === undefined ? [] : [`locked by ${lock}`]),
  ];
  return [user, app, roleArn, role, remarks.join(', ')];
}

/** Quoted throughout, and never the beginning of a formula: spreadsheets would run it. */
function csv(rows: readonly MatrixRow[]): string {
  const quoted = (text: string) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  return [headings, ...rows.map(cells)].map((row) => row.map(quoted).join(',')).join('\n');
}

async function allRows(calls: Calls, { user, app }: { user?: string; app?: string }): Promise<MatrixRow[]> {
  const rows: MatrixRow[] = [];
  let after: string | undefined;
  do {
    const page = await calls.call('access.matrix', {
      ...(user !== undefined && { user }),
      ...(app !== undefined && { app }),
      ...(after !== undefined && { after }),
    });
    rows.push(...page.rows);
    after = page.next;
  } while (after !== undefined);
  return rows;
}
