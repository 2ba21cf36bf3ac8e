import { type Command, InvalidArgumentError, Option } from 'commander';
import type { AuditQuery } from '../src-shared/contracts/admin-api.ts';
import type { Calls } from '../src-shared/contracts/calls.ts';
import { parseMoment, shownTime } from './moments.ts';

/** The options by which events are chosen, as commander gives them. */
export interface FilterOptions {
  user?: string;
  role?: string;
  service?: string;
  action?: string;
  table?: string;
  event?: string;
  request?: string;
  failed?: true;
  from?: number;
  to?: number;
}

/** Adds the options by which events are chosen. */
export function addFilterOptions(command: Command): Command {
  const moment = (text: string) => parseMoment(text);
  return command
    .option('--user <name>', 'what this user did, or what was done to them')
    .option('--role <role>', 'an IAM role, by name or ARN')
    .option('--service <service>', 'an AWS service, such as dynamodb')
    .option('--action <action>', 'an operation, such as DeleteItem')
    .option('--table <name>', 'a table, bucket or other thing that was worked on, or a part of its name')
    .option('--event <event>', 'a kind of event, such as login, login.failed or aws.request')
    .option('--request <id>', 'the request with this id, as a tool was told it with an error')
    .option('--failed', 'only what failed or was refused')
    .addOption(new Option('--from <time>', 'since this time, or since so long ago (8h, 7d)').argParser(moment))
    .addOption(new Option('--to <time>', 'until this time, or until so long ago').argParser(moment));
}

/** A whole number of 1 or more. */
export function countOption(flags: string, description: string, byDefault: number): Option {
  return new Option(flags, description).default(byDefault).argParser((text) => {
    const count = Number(text);
    if (/^\d{1,9}$/.test(text) && count > 0) return count;
    throw new InvalidArgumentError('A number of 1 or more is needed.');
  });
}

export function toFilter({ table, failed, to, from, ...same }: FilterOptions): AuditQuery['filter'] {
  const { user, role, service, action, event, request } = same;
  return {
    ...(user !== undefined && { user }),
    ...(role !== undefined && { role }),
    ...(service !== undefined && { service }),
    ...(action !== undefined && { action }),
    ...(event !== undefined && { event }),
    ...(request !== undefined && { request }),
    ...(table !== undefined && { resource: table }),
    ...(failed && { success: false }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { until: to }),
  };
}

const pageSize = 500;

/** The lines of the log that a query finds, page by page. */
export async function* auditPages(
  calls: Calls,
  query: Pick<AuditQuery, 'filter' | 'order' | 'after'>,
  limit = pageSize,
): AsyncGenerator<string[]> {
  let { after } = query;
  do {
    const page = await calls.call('audit.query', {
      ...query,
      limit: Math.min(limit, pageSize),
      ...(after !== undefined && { after }),
    });
    yield page.lines;
    after = page.next;
  } while (after !== undefined);
}

interface ShownEvent {
  seq?: number;
  time?: string;
  event?: string;
  user?: string;
  subject?: string;
  connector?: string;
  success?: boolean;
  reason?: string;
  app?: string;
  roleArn?: string;
  target?: string;
  aws?: {
    service?: string;
    action?: string;
    region?: string;
    host?: string;
    resource?: string;
    status?: number;
    errorCode?: string;
  };
  resource?: { kind?: string; name?: string };
}

export const eventHeadings = ['Time', 'User', 'Event', 'What', 'IAM role', 'Result'];

/** A line of the log as cells of a table. */
export function eventCells(line: string): string[] {
  const event = parseEvent(line);
  const { time, user = '', event: kind = '', roleArn, success, reason, aws } = event;
  const result = success === false ? (aws?.errorCode ?? reason ?? 'failed') : aws?.status ? String(aws.status) : 'ok';
  return [
    time === undefined ? '' : shownTime(Date.parse(time)),
    user,
    kind,
    whatOf(event),
    roleArn?.split('/').at(-1) ?? '',
    result,
  ].map(printable);
}

function whatOf({ aws, resource, subject, connector, app, target }: ShownEvent): string {
  if (aws) {
    // A request that was refused may not have said so much as its service.
    const what = aws.action ?? (aws.service === undefined ? aws.host : `${aws.service}:?`);
    const where = aws.region && `(${aws.region})`;
    return [what, aws.resource, where].filter((part) => part !== undefined).join(' ');
  }
  if (resource) return `${resource.kind}/${resource.name}`;
  return [subject, connector, target, app].filter((part) => part !== undefined).join(' ');
}

export function parseEvent(line: string): ShownEvent {
  try {
    return JSON.parse(line) as ShownEvent;
  } catch {
    return { event: 'unreadable' };
  }
}

/** What JSON had escaped must not act on the terminal, nor turn round what stands beside it, once it is text again. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '').slice(0, 200);
}
