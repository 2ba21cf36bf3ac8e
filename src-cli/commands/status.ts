import type { Command } from 'commander';
import type { CallOutput } from '../../src-shared/contracts/calls.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { withRolegate } from '../connect.ts';
import { home, version } from '../environment.ts';
import { formatOption } from '../options.ts';
import { print, timeLeft } from '../output.ts';

/** `rolegate status` and `rolegate version` */
export function addStatusCommands(program: Command): void {
  program
    .command('status')
    .description('who is logged in, where and until when')
    .addOption(formatOption('text', 'json'))
    .action(status);
  program
    .command('version')
    .description('the version of this program')
    .action(() => print(`Rolegate ${version}`));
}

type Status = CallOutput<'session.status'>;

async function status({ format }: { format: string }): Promise<void> {
  await withRolegate(async (calls) => {
    const state = await calls.call('state.get', {});
    if (state.phase === 'failed' && state.failure) throw RolegateError.fromData(state.failure);
    if (!state.user)
      throw new RolegateError('needs_login', 'You are not logged in.', { hint: 'Log in with: rolegate login' });
    const active = await calls.call('session.status', {});
    const service = state.serviceUrl ?? `the ${state.way} on this computer`;
    print(format === 'json' ? JSON.stringify(asJson(active, service), null, 2) : asText(active, service));
  });
}

function asJson(active: Status, service: string) {
  const { username, roles, traits, cluster, version: serviceVersion, validUntil, secrets, appSessions } = active;
  return {
    active: {
      username,
      roles,
      traits,
      cluster,
      version: serviceVersion,
      service,
      valid_until: new Date(validUntil).toISOString(),
      session_store: secrets,
      apps: appSessions.map((session) => ({
        app: session.app,
        aws_role_arn: session.role.arn,
        region: session.region,
        valid_until: new Date(session.expiresAt).toISOString(),
      })),
    },
    home: home.folder,
  };
}

function asText(active: Status, service: string): string {
  const lines = [
    `User:         ${active.username}`,
    `Roles:        ${active.roles.join(', ')}`,
    `Cluster:      ${active.cluster} (${service}), version ${active.version}`,
    `Valid until:  ${new Date(active.validUntil).toISOString()} (${timeLeft(active.validUntil)} left)`,
    `Kept in:      ${keptIn[active.secrets]}`,
  ];
  for (const { app, role, region } of active.appSessions)
    lines.push(`App:          ${app} as ${role.arn} in ${region}`);
  return lines.join('\n');
}

const keptIn: Record<Status['secrets'], string> = {
  keychain: 'the keychain of this computer',
  file: 'a file that only you can read, the key of the local certificate authority included',
  memory: 'memory only: it is forgotten when Rolegate ends',
};
