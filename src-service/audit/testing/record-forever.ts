import { join } from 'node:path';
import { openLibsqlBackend } from '../../backend/libsql/libsql.ts';
import { silentLog } from '../../log.ts';
import { openAudit } from '../open-audit.ts';

/** Records events, several at a time, and prints the user of each that was acknowledged, until it is killed. */
const [folder = '', round = ''] = process.argv.slice(2);
const backend = await openLibsqlBackend(join(folder, 'state.db'));
const { audit } = await openAudit({
  backend,
  followsStore: true,
  outputs: ['file'],
  cluster: 'test',
  stateDir: folder,
  log: silentLog,
  now: Date.now,
});
const event = (user: string, reason: string) => ({ event: 'test', time: Date.now(), user, success: true, reason });
async function work(writer: number): Promise<void> {
  for (let n = 0; ; n += 1) {
    // Requests do not wait for their events; what they have told before is written first.
    for (let more = 0; more < 5; more += 1) audit.record(event('nobody', 'x'.repeat(n % 1_000)));
    const user = `${round}/${writer}/${n}`;
    await audit.recordDurably(event(user, 'x'.repeat(n % 1_000)));
    process.stdout.write(`${user}\n`);
  }
}
await Promise.all([work(0), work(1), work(2)]);
