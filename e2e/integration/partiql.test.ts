import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynoxideProgram } from '../../src-sandbox/engine/dynoxide.ts';
import type { CallInput } from '../../src-shared/contracts/calls.ts';
import { parseItem } from '../../src-shared/values/parse-item.ts';
import { prettyItem } from '../../src-shared/values/write-value.ts';
import { alice, exampleRole, removeHome, startTestEngine, type TestEngine, temporaryHome } from './test-engine.ts';

/** DynamoDB names attributes in any order. */
const sorted = (text: string | undefined) => prettyItem(parseItem(text ?? '{}'));

/** PartiQL against the sandbox's engine, where that has it. */
describe.skipIf(dynoxideProgram() === undefined)('PartiQL', () => {
  const home = temporaryHome();
  let test: TestEngine;
  let where: { appSessionId: string; region: string };

  beforeAll(async () => {
    test = await startTestEngine(home);
    await test.calls.call('session.login', alice);
    const { id } = await test.calls.call('appSessions.start', { app: 'aws', roleArn: exampleRole });
    where = { appSessionId: id, region: 'us-east-1' };
  });
  afterAll(async () => {
    await test.stop();
    removeHome(home);
  });

  const run = (statements: [text: string, ...parameters: string[]][], more: Partial<CallInput<'partiql.run'>> = {}) =>
    test.calls.call('partiql.run', {
      ...where,
      runId: 'run-of-a-test',
      mode: 'statement',
      statements: statements.map(([text, ...parameters]) => ({ text, parameters })),
      consistent: false,
      writes: false,
      ...more,
    });

  it('reads page after page, with what it costs', async () => {
    const first = await run([['SELECT * FROM "Orders"']], { limit: 7 });
    expect(first.outcomes[0]?.items).toHaveLength(7);
    expect(first.nextToken).toBeTruthy();
    const second = await run([['SELECT * FROM "Orders"']], { limit: 7, nextToken: first.nextToken });
    expect(second.outcomes[0]?.items).toHaveLength(7);
    expect(second.outcomes[0]?.items).not.toEqual(first.outcomes[0]?.items);
    expect(first).toMatchObject({ retries: 0, throttling: [] });
  });

  it('takes typed parameters, and gives every value back as it is', async () => {
    const item = `{"Artist":{"S":"it's \\"him\\""},"SongTitle":{"S":"?"},"n":{"N":"12345678901234567890123456789012345678"},"b":{"B":"AAEC/w=="},"ss":{"SS":["a","b"]},"m":{"M":{"__proto__":{"NULL":true},"10":{"L":[{"BOOL":false},{"S":""}]}}}}`;
    const values = ['n', 'b', 'ss', 'm'].map((name) => {
      const { [name]: value } = JSON.parse(item.replace('__proto__', 'kept')) as Record<string, unknown>;
      return JSON.stringify(value).replace('kept', '__proto__');
    });
    const key = [`{"S":"it's \\"him\\""}`, '{"S":"?"}'];
    const insert = `INSERT INTO "Music" VALUE {'Artist': ?, 'SongTitle': ?, 'n': ?, 'b': ?, 'ss': ?, 'm': ?}`;
    await run([[insert, ...key, ...values]], { writes: true });
    const select = 'SELECT * FROM "Music" WHERE Artist = ? AND SongTitle = ?';
    const { outcomes } = await run([[select, ...key]]);
    expect(sorted(outcomes[0]?.items[0])).toBe(sorted(item));
    await run([['DELETE FROM "Music" WHERE Artist = ? AND SongTitle = ?', ...key]], { writes: true });
    expect((await run([[select, ...key]])).outcomes[0]?.items).toEqual([]);
  });

  it('runs a batch in which one fails, and says which', async () => {
    const insert = `INSERT INTO "Music" VALUE {'Artist': 'batch', 'SongTitle': 'one'}`;
    await run([[insert]], { writes: true });
    const select = `SELECT * FROM "Music" WHERE Artist = 'batch' AND SongTitle = 'one'`;
    const { outcomes } = await run([[select], ['SELECT * FROM "Nowhere" WHERE Artist = 1']], { mode: 'batch' });
    expect(outcomes[0]?.items).toHaveLength(1);
    expect(outcomes[1]?.error).toMatchObject({ code: 'aws', awsCode: 'ResourceNotFound' });
  });

  it('does all of a transaction, or nothing of it', async () => {
    const insert = (title: string) => `INSERT INTO "Music" VALUE {'Artist': 'together', 'SongTitle': '${title}'}`;
    await run([[insert('a')], [insert('b')]], { mode: 'transaction', writes: true });
    const again = run([[insert('c')], [insert('a')]], { mode: 'transaction', writes: true });
    await expect(again).rejects.toMatchObject({ awsCode: 'TransactionCanceledException' });
    const { outcomes } = await run([[`SELECT SongTitle FROM "Music" WHERE Artist = 'together'`]]);
    expect(outcomes[0]?.items.map((text) => JSON.parse(text).SongTitle.S)).toEqual(['a', 'b']);
  });

  it('writes nothing that a person has not been asked about', async () => {
    const remove = `DELETE FROM "Music" WHERE Artist = 'a' AND SongTitle = 'b'`;
    await expect(run([[remove]])).rejects.toMatchObject({ code: 'bad_input', message: /delete from Music/ });
    await expect(run([['SELECT * FROM "Music"; DELETE FROM "Music"']])).rejects.toMatchObject({ code: 'bad_input' });
    const mixed = run([['SELECT * FROM "Music"'], [remove]], { mode: 'batch', writes: true });
    await expect(mixed).rejects.toMatchObject({ message: /read and write in one/ });
    await expect(run([[remove], [remove]], { writes: true })).rejects.toMatchObject({ message: /one at most/ });
  });

  it('refuses a parameter that is no value', async () => {
    for (const parameter of ['"text"', '{"S":1}', '{"S":"a"},{"S":"b"}', ''])
      await expect(run([['SELECT * FROM "Music" WHERE Artist = ?', parameter]])).rejects.toMatchObject({
        code: 'bad_input',
        message: /Parameter 1/,
      });
  });

  it('says what DynamoDB says of a statement that it cannot read', async () => {
    await expect(run([['SELECT FROM WHERE']])).rejects.toMatchObject({ awsCode: 'ValidationException' });
  });

  describe('in production', () => {
    const insert = `INSERT INTO "Music" VALUE {'Artist': 'prod', 'SongTitle': 'one'}`;
    afterAll(() => test.calls.call('settings.setProduction', { rules: [] }));

    it('reads only, until it is unlocked; and then wants every change typed', async () => {
      await test.calls.call('settings.setProduction', { rules: [{ pattern: '1234*', readsFirst: true }] });
      await run([['SELECT * FROM "Music" WHERE Artist = 1']]);
      const write = (confirmed?: string) => run([[insert]], { writes: true, ...(confirmed && { confirmed }) });
      await expect(write('Music')).rejects.toMatchObject({ code: 'access_denied', message: /production/ });
      await test.calls.call('appSessions.unlock', { id: where.appSessionId, unlocked: true });
      for (const typed of [undefined, 'music', 'Music '])
        await expect(write(typed)).rejects.toMatchObject({ code: 'bad_input', message: /Nothing was changed/ });
      await write('Music');
      const change = { kind: 'deletionProtection', on: true } as const;
      const music = { ...where, table: 'Music' };
      await expect(test.calls.call('tables.change', { ...music, change })).rejects.toMatchObject({
        message: /Nothing was changed/,
      });
      const staged = { kind: 'insert', id: 'change-1', item: '{"Artist":{"S":"x"},"SongTitle":{"S":"y"}}' } as const;
      await test.calls.call('stages.set', { ...music, changes: [staged] });
      const commit = { ...music, ids: ['change-1'], mode: 'each' as const };
      await expect(test.calls.call('stages.commit', commit)).rejects.toMatchObject({ message: /Nothing was changed/ });
      const { outcomes } = await test.calls.call('stages.commit', { ...commit, confirmed: 'Music' });
      expect(outcomes).toEqual([{ kind: 'done', id: 'change-1' }]);
    });

    it('is locked again with the next session', async () => {
      await test.calls.call('appSessions.unlock', { id: where.appSessionId, unlocked: false });
      const write = run([[insert]], { writes: true, confirmed: 'Music' });
      await expect(write).rejects.toMatchObject({ code: 'access_denied' });
    });
  });
});
