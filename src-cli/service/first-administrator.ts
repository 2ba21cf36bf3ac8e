import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import type { Log } from '../../src-service/log.ts';
import type { FirstInvitation, InvitationEnd } from '../../src-service/service/first-administrator.ts';
import { writePrivateFile } from '../../src-shared/files/atomic-write.ts';

export interface InvitationPlace {
  /** The terminal of whoever started the service, if there is one. */
  terminal: Writable | undefined;
  dataDir: string;
  /** How people reach the service. */
  address: string;
  /** Of a certificate that nobody vouches for. */
  fingerprint: string | undefined;
  log: Log;
}

const fileName = 'first-administrator';

/**
 * Shows the invitation of the first administrator to whoever runs the service, and to nobody else: on the terminal, or,
 * where a program reads the output, in a file of mode 0600. It is never in the log.
 */
export async function showFirstInvitation(invitation: FirstInvitation, place: InvitationPlace): Promise<void> {
  const { terminal, dataDir, log } = place;
  const file = join(dataDir, fileName);
  const command = commandOf(invitation, place);
  const until = new Date(invitation.expiresAt).toISOString();
  if (terminal) {
    terminal.write(`\nNobody administers this cluster yet. Whoever uses this first does, once and until ${until}:\n\n`);
    terminal.write(`  ${command}\n\nIn the app, it goes into Use an invitation… on the login screen.\n\n`);
  } else {
    await writePrivateFile(file, `${command}\n`);
    log.info(`Nobody administers this cluster yet. How to become its first administrator is in ${file}.`, { until });
  }
  void invitation.over.then(async (why) => {
    await forgetFirstInvitation(dataDir);
    if (why === 'used') log.info('The cluster has its first administrator.');
    else log.warn(endings[why]);
  });
}

const endings: Record<Exclude<InvitationEnd, 'used'>, string> = {
  replaced: 'The invitation of the first administrator is void: another instance of this cluster has made a newer one.',
  expired: 'The invitation of the first administrator is over. The next start makes another one.',
};

/** Takes away what an earlier start has left. */
export function forgetFirstInvitation(dataDir: string): Promise<void> {
  return rm(join(dataDir, fileName), { force: true });
}

function commandOf({ token }: FirstInvitation, { address, fingerprint }: InvitationPlace): string {
  const pin = fingerprint === undefined ? '' : ` --fingerprint ${fingerprint}`;
  return `rolegate login --service ${address}${pin} --invitation ${token}`;
}
