import { openLibsqlBackend } from '../libsql/libsql.ts';

/** Writes several entries at a time, and prints the key of each once it has been acknowledged, until it is killed. */
const [file = '', round = ''] = process.argv.slice(2);
const backend = await openLibsqlBackend(file);
async function write(writer: number): Promise<void> {
  for (let n = 0; ; n += 1) {
    const key = `kill/${round}/${writer}/${n}`;
    await backend.put({ key, value: 'x'.repeat(n % 5_000) });
    process.stdout.write(`${key}\n`);
  }
}
await Promise.all([write(0), write(1), write(2)]);
