import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Calls } from '../../src-shared/contracts/calls.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { askHidden, askLine, askNewPassword, askYesNo, readStandardInput } from '../ask.ts';
import { requireMemory, withRolegate } from '../connect.ts';
import { codeOption } from '../options.ts';
import { note, print, timeLeft } from '../output.ts';
import { withCode } from '../second-factor.ts';
import { preferredConnector, signOn } from '../sign-on.ts';
import { showOffer } from './account.ts';

interface LoginOptions {
  service?: string;
  ca?: string;
  fingerprint?: string;
  user?: string;
  auth?: string;
  invitation?: string;
  passwordStdin?: true;
  code?: string;
}

/** `rolegate login` and `rolegate logout` */
export function addLoginCommands(program: Command): void {
  program
    .command('login')
    .description('log in to an app-service')
    .option('--service <url>', 'address of the app-service (the one used last by default)')
    .option('--ca <file>', 'certificate authority of the app-service, as PEM')
    .option('--fingerprint <sha256>', 'SHA-256 fingerprint of the app-service’s certificate, to trust it by')
    .option('--user <name>', 'your user name, to log in with a password; or the one that a first administrator chooses')
    .option('--auth <connector>', 'log in in the browser, by one of the cluster’s connectors or by “passkey”')
    .option('--invitation <token>', 'choose your password, by an invitation that you were given')
    .option('--password-stdin', 'read the password from standard input')
    .addOption(codeOption())
    .action(login);
  program.command('logout').description('log out and end every session with an IAM role').action(logout);
}

async function login(options: LoginOptions, command: Command): Promise<void> {
  const { service, ca, fingerprint, user, auth, invitation } = options;
  if (auth !== undefined && (user !== undefined || invitation !== undefined)) {
    command.error("error: give '--auth <connector>' alone, without '--user <name>' and '--invitation <token>'", {
      exitCode: 2,
    });
  }
  const opens = service === undefined;
  await withRolegate(
    async (calls, connection) => {
      await requireMemory(calls, connection);
      if (service !== undefined) await connectTo(calls, service, ca, fingerprint);
      if (invitation !== undefined) await acceptInvitation(calls, invitation, options);
      else if (user !== undefined) await logInWithPassword(calls, user, options);
      else await signOn(calls, auth ?? (await defaultConnector(calls, command)));
      const { cluster, username, validUntil } = await calls.call('session.status', {});
      print(`Logged in to ${cluster} as ${username}, for ${timeLeft(validUntil)}.`);
      note('See your apps and IAM roles with: rolegate apps ls');
    },
    { opens },
  );
}

/** What `rolegate login` alone means: the connector that the cluster would have people use. */
async function defaultConnector(calls: Calls, command: Command): Promise<string> {
  const { preferred, names } = await preferredConnector(calls);
  const there = names === '' ? '' : ` (there are: ${names})`;
  return preferred ?? command.error(`error: give '--user <name>' or '--auth <connector>'${there}`, { exitCode: 2 });
}

async function logInWithPassword(calls: Calls, user: string, { passwordStdin, code }: LoginOptions): Promise<void> {
  const password = passwordStdin ? await readStandardInput() : await askHidden(`Password of ${user}: `);
  await withCode(code, (given) => calls.call('session.login', { user, password, ...given }));
}

async function acceptInvitation(
  calls: Calls,
  invitation: string,
  { passwordStdin, code, user: chosen }: LoginOptions,
): Promise<void> {
  const { cluster, ...info } = await calls.call('account.lookAtInvitation', { invitation });
  const { user = chosen ?? (await chooseUser(cluster)), secondFactor, authenticator } = info;
  const password = passwordStdin ? await readStandardInput() : await askNewPassword(user);
  const wantsOne =
    secondFactor === 'required' ||
    (secondFactor === 'optional' && code === undefined && (await askYesNo('Add an authenticator app? [y/N] ')));
  if (wantsOne && code === undefined) showOffer(authenticator.secret, authenticator.url);
  const given = wantsOne && process.stdin.isTTY ? (code ?? (await askLine('Code that the app shows now: '))) : code;
  const name = info.user === undefined || chosen !== undefined ? { user: chosen ?? user } : {};
  const withGiven = given === undefined ? {} : { code: given };
  await calls.call('account.acceptInvitation', { invitation, ...name, password, ...withGiven });
}

/** The first administrator of a cluster is nobody yet. */
async function chooseUser(cluster: string): Promise<string> {
  note(`You are the first to administer ${cluster}.`);
  const user = await askLine('Your user name there: ');
  if (user !== '') return user;
  throw new RolegateError('bad_input', 'A user name is needed.', { hint: 'Give it with --user NAME.' });
}

async function connectTo(calls: Calls, url: string, ca?: string, fingerprint?: string): Promise<void> {
  const caPem = ca === undefined ? undefined : await readCa(ca);
  const trust = { ...(caPem !== undefined && { caPem }), ...(fingerprint !== undefined && { fingerprint }) };
  if (fingerprint === undefined) {
    const probe = await calls.call('session.probe', { url, ...trust });
    if (!probe.trusted) {
      const shown = probe.fingerprint ?? 'unknown';
      note(`Nobody vouches for the certificate of ${probe.url}. Its SHA-256 fingerprint is`);
      note(`  ${shown}`);
      const trusted = await askYesNo('Is that the fingerprint that its administrator told you? [y/N] ');
      if (!trusted) {
        throw new RolegateError('unavailable', `The certificate of ${probe.url} is not trusted.`, {
          hint: `Give its certificate authority with --ca FILE, or the fingerprint with --fingerprint ${shown}.`,
        });
      }
      Object.assign(trust, { fingerprint: shown });
    }
  }
  await calls.call('session.connect', { url, ...trust });
}

async function readCa(file: string): Promise<string> {
  const pem = await readFile(file, 'utf8').catch(() => '');
  if (pem.includes('-----BEGIN CERTIFICATE-----')) return pem;
  throw new RolegateError('bad_input', `${file} holds no certificate in PEM form.`);
}

async function logout(): Promise<void> {
  await withRolegate(async (calls) => {
    const { user } = await calls.call('state.get', {});
    if (!user) throw new RolegateError('needs_login', 'You are not logged in.');
    await calls.call('session.logout', {});
    print(`Logged out ${user.name}.`);
  });
}
