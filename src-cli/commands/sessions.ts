import type { Command } from 'commander';
import { RolegateError } from '../../src-shared/errors.ts';
import { withRolegate } from '../connect.ts';
import { shownTime } from '../moments.ts';
import { formatOption } from '../options.ts';
import { note, print, table } from '../output.ts';

/** `rolegate sessions ls` and `rm`: who is logged in, with which IAM roles. */
export function addSessionCommands(program: Command): void {
  const sessions = program.command('sessions').description('who is logged in, with which IAM roles');
  sessions
    .command('ls')
    .description('list logins and the sessions with IAM roles that belong to them')
    .option('--user <name>', 'one user only')
    .addOption(formatOption('text', 'json'))
    .action(list);
  sessions
    .command('rm')
    .description('end logins or sessions with IAM roles, at once')
    .argument('[id...]', 'ids as sessions ls shows them')
    .option('--user <name>', 'all logins of a user')
    .action(end);
}

/** As much of an id as tells it from others. */
const shownId = 12;

async function list({ user, format }: { user?: string; format: string }): Promise<void> {
  await withRolegate(async (calls) => {
    const { logins, omitted } = await calls.call('logins.list', user === undefined ? {} : { user });
    if (format === 'json') {
      print(JSON.stringify(logins, null, 2));
    } else {
      const rows = logins.flatMap((login) => [
        [login.id.slice(0, shownId), login.user, '', '', shownTime(login.startedAt), shownTime(login.expiresAt)],
        ...login.appSessions.map(({ id, app, roleArn, startedAt }) => [
          `  ${id.slice(0, shownId)}`,
          '',
          app,
          roleArn,
          shownTime(startedAt),
          '',
        ]),
      ]);
      print(table(['Id', 'User', 'App', 'IAM role', 'Since', 'Until'], rows));
    }
    if (omitted > 0) note(`${omitted} older logins are not shown. Ask for one user with --user.`);
  });
}

async function end(ids: string[], { user }: { user?: string }): Promise<void> {
  if (ids.length === 0 && user === undefined) {
    throw new RolegateError('bad_input', 'Say which sessions to end: their ids, or --user NAME.');
  }
  await withRolegate(async (calls) => {
    for (const request of [...ids.map((id) => ({ id })), ...(user === undefined ? [] : [{ user }])]) {
      const { logins, appSessions } = await calls.call('logins.end', request);
      print(`Ended ${plural(logins, 'login')} and ${plural(appSessions, 'session')} with IAM roles.`);
    }
    note('An AWS console that was opened goes on until its own time is over: it cannot be called back.');
  });
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
