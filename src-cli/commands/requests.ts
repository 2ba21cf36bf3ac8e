import { type Command, InvalidArgumentError, Option } from 'commander';
import { durationText, parseDuration } from '../../src-service/config/duration.ts';
import type { AccessRequest } from '../../src-shared/contracts/requests-api.ts';
import type { AppInfo } from '../../src-shared/contracts/service-api.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { findApp } from '../app-session.ts';
import { withRolegate } from '../connect.ts';
import { shownTime } from '../moments.ts';
import { awsRoleOption, formatOption } from '../options.ts';
import { note, print, table } from '../output.ts';

const states = ['pending', 'approved', 'denied', 'withdrawn', 'expired'] as const;

/** `rolegate requests ls`, `create`, `approve`, `deny` and `withdraw`: asking for IAM roles, and deciding. */
export function addRequestCommands(program: Command): void {
  const requests = program.command('requests').description('ask for IAM roles, and decide on what others ask for');
  requests
    .command('ls')
    .description('list your requests, and those that you may decide on')
    .addOption(new Option('--state <state>', 'those of one state only').choices(states))
    .option('--mine', 'your own only')
    .addOption(formatOption('text', 'json'))
    .action(list);
  requests
    .command('create')
    .description('ask for an IAM role for a time')
    .argument('<app>')
    .addOption(awsRoleOption('the IAM role to ask for, by name or ARN').makeOptionMandatory())
    .requiredOption('--reason <text>', 'why you need it')
    .addOption(new Option('--for <time>', 'for how long, such as 30m or 2h').default('1h').argParser(duration))
    .addOption(formatOption('text', 'json'))
    .action(create);
  for (const decision of ['approve', 'deny'] as const) {
    requests
      .command(decision)
      .description(`${decision} what somebody else asks for`)
      .argument('<id>', 'as requests ls shows it')
      .option('--reason <text>', 'why')
      .action((id: string, { reason }: { reason?: string }) => resolve(id, decision, reason));
  }
  requests
    .command('withdraw')
    .description('take a request of yours back, or give back the access before its time')
    .argument('<id>')
    .action(withdraw);
}

function duration(text: string): string {
  if ((parseDuration(text) ?? 0) >= 60_000) return text;
  throw new InvalidArgumentError('A time of a minute or more looks like 30m or 2h.');
}

async function list(options: { state?: AccessRequest['state']; mine?: true; format: string }): Promise<void> {
  await withRolegate(async (calls) => {
    const { requests, omitted } = await calls.call('requests.list', {});
    const wanted = requests.filter(
      ({ state, isMine }) => (options.state === undefined || state === options.state) && (isMine || !options.mine),
    );
    if (options.format === 'json') print(JSON.stringify(wanted, null, 2));
    else if (wanted.length === 0) note('There are no such requests.');
    else print(table(['Id', 'State', 'User', 'App', 'IAM role', 'For', 'Until', 'Reason'], wanted.map(cells)));
    if (omitted > 0) note(`${omitted} older requests are not shown.`);
  });
}

function cells({ id, state, user, app, role, duration: time, expiresAt, reason, mayReview }: AccessRequest): string[] {
  const shownState = state === 'pending' && mayReview ? 'pending, for you to decide' : state;
  return [id, shownState, user, app, role.arn, durationText(time), shownTime(expiresAt), reason];
}

type Create = { awsRole: string; reason: string; for: string; format: string };

async function create(name: string, { awsRole, reason, for: time, format }: Create): Promise<void> {
  await withRolegate(async (calls) => {
    const app = findApp(await calls.call('apps.list', {}), name);
    const roleArn = awsRole.startsWith('arn:') ? awsRole : requestableArn(app, awsRole);
    const request = await calls.call('requests.create', {
      app: app.name,
      roleArn,
      reason,
      duration: parseDuration(time) ?? 0,
    });
    if (format === 'json') {
      print(JSON.stringify(request, null, 2));
      return;
    }
    print(`You have asked for ${roleArn} for ${durationText(request.duration)}: request ${request.id}.`);
    note(
      `It lapses at ${shownTime(request.expiresAt)} if nobody decides. See what became of it with: rolegate requests ls`,
    );
  });
}

/** The ARN of a role that can be asked for, by its name. */
function requestableArn({ name: app, requestable = [] }: AppInfo, name: string): string {
  const matches = requestable.filter(({ role }) => role.name === name).map(({ role }) => role.arn);
  const [match] = matches;
  if (match !== undefined && matches.length === 1) return match;
  if (matches.length > 1) {
    throw new RolegateError('bad_input', `${name} names more than one IAM role. Give the whole ARN.`, {
      hint: matches.join('\n'),
    });
  }
  const names = requestable.map(({ role }) => role.name);
  throw new RolegateError('not_found', `You may not ask for an IAM role ${name} of the app ${app}.`, {
    hint: names.length === 0 ? 'There is none that you may ask for.' : `You may ask for: ${names.join(', ')}.`,
  });
}

async function resolve(id: string, decision: 'approve' | 'deny', reason: string | undefined): Promise<void> {
  await withRolegate(async (calls) => {
    const given = reason === undefined ? {} : { reason };
    const { user, role, expiresAt } = await calls.call('requests.resolve', { id, decision, ...given });
    if (decision === 'approve') print(`${user} has ${role.arn} until ${shownTime(expiresAt)}.`);
    else print(`The request of ${user} for ${role.arn} is denied.`);
  });
}

async function withdraw(id: string): Promise<void> {
  await withRolegate(async (calls) => {
    const { role } = await calls.call('requests.withdraw', { id });
    print(`The request ${id} for ${role.arn} is withdrawn.`);
  });
}
