import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { ServiceConfig } from '../../src-service/config/service-config.ts';
import { createServerLog } from './log.ts';

async function logged(config: ServiceConfig['log'], isTTY: boolean): Promise<string> {
  const output = Object.assign(new PassThrough(), { isTTY });
  const log = await createServerLog(config, output);
  log.info('It runs.', { port: 3080 });
  log.warn('Two\n    lines.', { who: 'al\u001b[31mice\n' });
  await new Promise((resolve) => setImmediate(resolve));
  output.end();
  const chunks: Buffer[] = [];
  for await (const chunk of output) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

describe('the log of a server', () => {
  it('is text on a terminal, and nothing that a terminal obeys', async () => {
    const lines = (await logged({ level: 'info', format: 'auto' }, true)).split('\n');
    expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}info {3}It runs\. {2}port=3080$/);
    expect(lines[1]).toMatch(/ {2}warn {3}Two lines\. {2}who="al\\u001b\[31mice\\n"$/);
  });

  it('is JSON elsewhere, and wherever one says so', async () => {
    for (const [format, isTTY] of [
      ['auto', false],
      ['json', true],
    ] as const) {
      const [first = ''] = (await logged({ level: 'info', format }, isTTY)).split('\n');
      expect(JSON.parse(first)).toMatchObject({ level: 'info', msg: 'It runs.', port: 3080, time: expect.any(String) });
    }
  });

  it('says less where less is wanted', async () => {
    expect(await logged({ level: 'error', format: 'text' }, false)).toBe('');
  });
});
