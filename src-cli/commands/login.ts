import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Calls } from '../../src-shared/contracts/calls.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { askHidden, askYesNo, readStandardInput } from '../ask.ts';
import { requireMemory, withRolegate } from '../connect.ts';
import { note, print, timeLeft } from '../output.ts';

interface LoginOptions {
  service?: string;
  ca?: string;
  fingerprint?: string;
  user: string;
  passwordStdin?: true;
}

/** `rolegate login` and `rolegate logout` */
export function addLoginCommands(program: Command): void {
  program
    .command('login')
    .description('log in to an app-service')
    .option('--service <url>', 'address of the app-service (the one used last by default)')
    .option('--ca <file>', 'certificate authority of the app-service, as PEM')
    .option('--fingerprint <sha256>', 'SHA-256 fingerprint of the app-service’s certificate, to trust it by')
    .requiredOption('--user <name>', 'your user name')
    .option('--password-stdin', 'read the password from standard input')
    .action(login);
  program.command('logout').description('log out and end every session with an IAM role').action(logout);
}

async function login({ service, ca, fingerprint, user, passwordStdin }: LoginOptions): Promise<void> {
  const opens = service === undefined;
  await withRolegate(
    async (calls, connection) => {
      await requireMemory(calls, connection);
      if (service !== undefined) await connectTo(calls, service, ca, fingerprint);
      const password = passwordStdin ? await readStandardInput() : await askHidden(`Password of ${user}: `);
      await calls.call('session.login', { user, password });
      const { cluster, validUntil } = await calls.call('session.status', {});
      print(`Logged in to ${cluster} as ${user}, for ${timeLeft(validUntil)}.`);
      note('See your apps and IAM roles with: rolegate apps ls');
    },
    { opens },
  );
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
