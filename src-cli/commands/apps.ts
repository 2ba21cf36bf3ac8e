import type { Command } from 'commander';
import { RolegateError } from '../../src-shared/errors.ts';
import { chooseRole, findApp } from '../app-session.ts';
import { withRolegate } from '../connect.ts';
import { awsRoleOption, codeOption, formatOption } from '../options.ts';
import { note, print, table } from '../output.ts';
import { withCode } from '../second-factor.ts';

/** `rolegate apps ls`, `login` and `logout` */
export function addAppsCommands(program: Command): void {
  const apps = program.command('apps').description('apps and their IAM roles');
  apps
    .command('ls')
    .description('list the apps that you can use, with your IAM roles in each')
    .addOption(formatOption('text', 'json'))
    .action(list);
  apps
    .command('login')
    .description('start to use an IAM role of an app')
    .argument('<app>')
    .addOption(awsRoleOption('the IAM role to assume, by name or ARN'))
    .addOption(codeOption())
    .action(login);
  apps.command('logout').description('stop using an app, or all apps').argument('[app]').action(logout);
}

async function list({ format }: { format: string }): Promise<void> {
  await withRolegate(async (calls) => {
    const apps = await calls.call('apps.list', {});
    const { appSessions } = await calls.call('state.get', {});
    if (format === 'json') {
      const rows = apps.map(({ name, description, uri, labels, roles }) => ({
        name,
        description,
        uri,
        labels,
        aws_roles: roles.map((role) => ({
          name: role.name,
          arn: role.arn,
          account_id: role.accountId,
          path: role.path,
        })),
        logged_in: appSessions.filter((session) => session.app === name).map((session) => session.role.arn),
      }));
      print(JSON.stringify(rows, null, 2));
      return;
    }
    const rows = apps.flatMap((app) =>
      (app.roles.length > 0 ? app.roles : [undefined]).map((role) => {
        const inUse = appSessions.some((session) => session.app === app.name && session.role.arn === role?.arn);
        return [inUse ? '>' : '', app.name, role?.accountId ?? '', role?.name ?? '(no IAM role)', role?.arn ?? ''];
      }),
    );
    print(table(['', 'App', 'Account', 'Role', 'ARN'], rows));
  });
}

async function login(name: string, { awsRole, code: given }: { awsRole?: string; code?: string }): Promise<void> {
  await withRolegate(async (calls) => {
    const app = findApp(await calls.call('apps.list', {}), name);
    const role = chooseRole(app, awsRole);
    await withCode(given, (code) => calls.call('appSessions.start', { app: app.name, roleArn: role.arn, ...code }));
    print(`You now use the app ${app.name} as ${role.arn}.`);
    note('Run the aws CLI with it:   rolegate aws dynamodb list-tables');
    note('Or point other tools at it: rolegate proxy aws');
  });
}

async function logout(name: string | undefined): Promise<void> {
  await withRolegate(async (calls) => {
    const { appSessions } = await calls.call('state.get', {});
    const ended = appSessions.filter((session) => name === undefined || session.app === name);
    if (ended.length === 0) {
      throw new RolegateError('not_found', name === undefined ? 'You use no app.' : `You do not use the app ${name}.`);
    }
    for (const session of ended) await calls.call('appSessions.end', { id: session.id });
    print(name === undefined ? 'You use no app any more.' : `You do not use the app ${name} any more.`);
  });
}
