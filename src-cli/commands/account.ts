import type { Command } from 'commander';
import { askHidden, askLine, askNewPassword } from '../ask.ts';
import { withRolegate } from '../connect.ts';
import { codeOption } from '../options.ts';
import { note, print } from '../output.ts';
import { withCode } from '../second-factor.ts';

/** `rolegate password` and `rolegate mfa`: one's own account. */
export function addAccountCommands(program: Command): void {
  program.command('password').description('change your password').addOption(codeOption()).action(changePassword);
  const mfa = program.command('mfa').description('your second factor');
  mfa.command('add').description('add an authenticator app').action(addAuthenticator);
  mfa.command('rm').description('remove your authenticator app').addOption(codeOption()).action(removeAuthenticator);
}

async function changePassword({ code: given }: { code?: string }): Promise<void> {
  await withRolegate(async (calls) => {
    const { username } = await calls.call('session.status', {});
    const password = await askHidden(`Password of ${username}: `);
    const newPassword = await askNewPassword(username);
    await withCode(given, (code) => calls.call('account.changePassword', { password, newPassword, ...code }));
    print('Your password was changed. Your logins elsewhere have ended.');
  });
}

async function addAuthenticator(): Promise<void> {
  await withRolegate(async (calls) => {
    const { username } = await calls.call('session.status', {});
    const { secret, url } = await calls.call('account.newAuthenticator', {});
    showOffer(secret, url);
    const password = await askHidden(`Password of ${username}: `);
    const code = await askLine('Code that the app shows now: ');
    await calls.call('account.addAuthenticator', { password, secret, code });
    print('The authenticator was added. From now on you log in with a code of it.');
  });
}

async function removeAuthenticator({ code: given }: { code?: string }): Promise<void> {
  await withRolegate(async (calls) => {
    const { username } = await calls.call('session.status', {});
    const password = await askHidden(`Password of ${username}: `);
    const code = given ?? (await askLine('Code of your authenticator app: '));
    await calls.call('account.removeAuthenticator', { password, code });
    print('The authenticator was removed.');
  });
}

/** What to put into an authenticator app. */
export function showOffer(secret: string, url: string): void {
  note('Put this secret into your authenticator app (or the address below it into a QR code):');
  note(`  ${secret.replace(/.{4}(?=.)/g, '$& ')}`);
  note(`  ${url}`);
}
