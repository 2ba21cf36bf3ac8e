import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyText } from '../../src-renderer/features/tables/copy-as.ts';
import { formText, fromFormText } from '../../src-renderer/features/tables/editing/value-text.ts';
import { ItemRow } from '../../src-renderer/features/tables/item-row.ts';
import type { CallOutput } from '../../src-shared/contracts/calls.ts';
import type { CommitMode, StagedChange } from '../../src-shared/contracts/staging.ts';
import type { ReadRequest } from '../../src-shared/contracts/table-reading.ts';
import { wholeTable } from '../../src-shared/reading/whole-table.ts';
import { itemText, wirePairs } from '../../src-shared/values/arbitrary.ts';
import type { Item } from '../../src-shared/values/attribute-value.ts';
import { sameItem, sameValue } from '../../src-shared/values/compare.ts';
import { itemProblems } from '../../src-shared/values/item-problems.ts';
import { parseItem, parseValue } from '../../src-shared/values/parse-item.ts';
import { parsePlainJson, plainJson } from '../../src-shared/values/plain-json.ts';
import { clipboardText, prettyItem, writeItem } from '../../src-shared/values/write-value.ts';
import { alice, exampleRole, removeHome, startTestEngine, type TestEngine, temporaryHome } from './test-engine.ts';

/** Those of which a cell and the clipboard have the text itself. */
const plainTypes: ReadonlySet<string> = new Set(['S', 'N', 'B', 'BOOL', 'NULL']);

/** Staged changes, written to the sandbox's engine. */
describe('editing items', () => {
  const home = temporaryHome();
  let test: TestEngine;
  let where: { appSessionId: string; region: string; table: string };

  async function start() {
    test = await startTestEngine(home);
    await test.calls.call('session.login', alice);
    const { id } = await test.calls.call('appSessions.start', { app: 'aws', roleArn: exampleRole });
    where = { appSessionId: id, region: 'us-east-1', table: 'Music' };
  }
  beforeAll(start);
  afterAll(async () => {
    await test.stop();
    removeHome(home);
  });

  const key = (title: string) => `"Artist":{"S":"Test"},"SongTitle":{"S":${JSON.stringify(title)}}`;
  const stage = (...changes: StagedChange[]) => test.calls.call('stages.set', { ...where, changes });
  const commit = async (ids: string[], mode: CommitMode = 'together') =>
    (await test.calls.call('stages.commit', { ...where, ids, mode })).outcomes;
  const staged = async () => (await test.calls.call('stages.get', where)).changes;
  const insert = (id: string, item: string): StagedChange => ({ kind: 'insert', id, item });
  const edit = (id: string, base: string, item: string): StagedChange => ({ kind: 'edit', id, base, item });
  async function read(title: string): Promise<Item | undefined> {
    const request: ReadRequest = {
      ...wholeTable(),
      operation: 'GetItem',
      consistent: true,
      key: [
        { kind: 'condition', path: ['Artist'], of: 'value', operator: '=', values: ['{"S":"Test"}'] },
        {
          kind: 'condition',
          path: ['SongTitle'],
          of: 'value',
          operator: '=',
          values: [`{"S":${JSON.stringify(title)}}`],
        },
      ],
    };
    const page = await test.calls.call('tables.readPage', { ...where, readId: 'read-one-item', request });
    return page.items[0] === undefined ? undefined : parseItem(page.items[0]);
  }
  async function put(title: string, more: string): Promise<string> {
    const item = `{${key(title)}${more}}`;
    await stage(insert('put-for-test', item));
    expect(await commit(['put-for-test'])).toEqual([{ kind: 'done', id: 'put-for-test' }]);
    return item;
  }

  it('writes any item of any shape and reads it back unchanged, through every view', async () => {
    let number = 0;
    await fc.assert(
      fc.asyncProperty(wirePairs, async (pairs) => {
        const title = `any-${number++}`;
        const own = parseItem(itemText(pairs.filter(([name]) => name !== '')));
        const item = new Map([...own, ...parseItem(`{${key(title)}}`)]);
        // What DynamoDB would not take, it is not asked to.
        fc.pre(itemProblems(item, await details()).length === 0);
        await put(title, own.size === 0 ? '' : `,${writeItem(without(item)).slice(1, -1)}`);
        const back = (await read(title))!;
        expect(sameItem(back, item)).toBe(true);
        expect(sameItem(parsePlainJson(plainJson(back), back), item)).toBe(true);
        expect(sameItem(parseItem(prettyItem(back)), item)).toBe(true);
        // What a cell of the grid is edited as, and what each field of the form shows.
        const row = new ItemRow(writeItem(back));
        for (const [name, value] of item) {
          const shown = row.value(name)!;
          const edited = fromFormText(shown.type, formText(shown), shown);
          expect('value' in edited && sameValue(edited.value, value)).toBe(true);
          // What the clipboard gets of the cell: the value itself, or DynamoDB JSON of what is more than one thing.
          if (!plainTypes.has(shown.type)) expect(sameValue(parseValue(clipboardText(shown)), value)).toBe(true);
          else expect(clipboardText(shown)).toBe(formText(shown) || clipboardText(value));
        }
        // What the clipboard gets of the row.
        const from = { table: 'Music', region: 'us-east-1', keyNames: ['Artist', 'SongTitle'] };
        expect(sameItem(parseItem(copyText('dynamodb', [row], from)), item)).toBe(true);
        expect(sameItem(parsePlainJson(copyText('json', [row], from), back), item)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
  let known: CallOutput<'tables.describe'> | undefined;
  async function details() {
    known ??= await test.calls.call('tables.describe', where);
    return known;
  }
  const without = (item: Item) => new Map([...item].filter(([name]) => name !== 'Artist' && name !== 'SongTitle'));

  it('changes only what was changed, and leaves what others wrote meanwhile', async () => {
    const base = await put('edit', ',"a":{"N":"1"},"b":{"S":"old"},"gone":{"BOOL":true}');
    await stage(edit('theirs-01', base, base.replace('"b":{"S":"old"}', '"b":{"S":"theirs"}')));
    await commit(['theirs-01']);
    const mine = base.replace('"a":{"N":"1"}', '"a":{"NS":["1","2"]}').replace(',"gone":{"BOOL":true}', '');
    await stage(edit('mine-0001', base, mine));
    expect(await commit(['mine-0001'])).toEqual([{ kind: 'done', id: 'mine-0001' }]);
    const now = (await read('edit'))!;
    expect(sameItem(now, parseItem(`{${key('edit')},"a":{"NS":["2","1"]},"b":{"S":"theirs"}}`))).toBe(true);
    expect(await staged()).toEqual([]);
  });

  it('shows what is there when somebody was faster, alone and in a transaction, and writes nothing', async () => {
    const base = await put('conflict', ',"a":{"N":"1"}');
    await stage(edit('theirs-02', base, base.replace('"1"', '"2"')));
    await commit(['theirs-02']);
    const mine = edit('mine-0002', base, base.replace('"1"', '"3"'));
    const other = insert('other-002', `{${key('other')}}`);
    await stage(mine, other);
    const [alone] = await commit(['mine-0002']);
    expect(alone).toMatchObject({ kind: 'conflict', id: 'mine-0002' });
    expect(parseItem((alone as { current: string }).current).get('a')).toEqual({ type: 'N', text: '2' });
    const both = await commit(['mine-0002', 'other-002']);
    expect(both).toMatchObject([{ kind: 'conflict' }, { kind: 'held', id: 'other-002' }]);
    expect((both[0] as { current?: string }).current).toContain('"2"');
    expect(await read('other')).toBeUndefined();
    expect((await staged()).map(({ id }) => id)).toEqual(['mine-0002', 'other-002']);
    expect(await commit(['mine-0002', 'other-002'], 'each')).toMatchObject([{ kind: 'conflict' }, { kind: 'done' }]);
    expect((await staged()).map(({ id }) => id)).toEqual(['mine-0002']);
  });

  it('does not bring back what was deleted, nor write over what is there', async () => {
    const base = await put('deleted', ',"a":{"N":"1"}');
    await stage({ kind: 'delete', id: 'delete-03', base }, edit('edit-0003', base, base.replace('"1"', '"2"')));
    expect(await commit(['delete-03'])).toMatchObject([{ kind: 'done' }]);
    expect(await commit(['edit-0003'])).toEqual([{ kind: 'conflict', id: 'edit-0003' }]);
    const there = await put('there', '');
    await stage(insert('again-003', there));
    expect(await commit(['again-003'])).toMatchObject([
      { kind: 'conflict', current: expect.stringContaining('there') },
    ]);
  });

  it('deletes only what is as it was', async () => {
    const base = await put('guarded', ',"a":{"N":"1"}');
    await stage({ kind: 'delete', id: 'delete-04', base: base.replace('"1"', '"0"') });
    expect(await commit(['delete-04'])).toMatchObject([{ kind: 'conflict' }]);
    expect(await read('guarded')).toBeDefined();
  });

  it('moves an item to another key, whole', async () => {
    const base = await put('from', ',"a":{"N":"1"}');
    await stage(edit('move-0005', base, base.replace('"from"', '"to"')));
    expect(await commit(['move-0005'])).toMatchObject([{ kind: 'done' }]);
    expect(await read('from')).toBeUndefined();
    expect((await read('to'))?.get('a')).toEqual({ type: 'N', text: '1' });
  });

  it('says that too many are not one transaction, and writes them in parts when told to', async () => {
    const changes = Array.from({ length: 130 }, (_, n) => insert(`many-${1000 + n}`, `{${key(`many-${n}`)}}`));
    await stage(...changes);
    const ids = changes.map(({ id }) => id);
    await expect(commit(ids)).rejects.toMatchObject({ code: 'limit' });
    expect(await read('many-0')).toBeUndefined();
    const outcomes = await commit(ids, 'parts');
    expect(outcomes.every(({ kind }) => kind === 'done')).toBe(true);
    expect(await read('many-129')).toBeDefined();
  });

  it('refuses what DynamoDB would refuse, before it is asked', async () => {
    await stage(insert('bad-00001', `{${key('bad')},"s":{"SS":[]}}`));
    await expect(commit(['bad-00001'])).rejects.toMatchObject({
      code: 'bad_input',
      message: expect.stringContaining('s:'),
    });
  });

  it('keeps changes over a crash and a new login, for their user, account, region and table only', async () => {
    await stage(insert('kept-0001', `{${key('kept')}}`));
    await test.stop();
    await start();
    expect((await staged()).map(({ id }) => id)).toEqual(['kept-0001']);
    expect((await test.calls.call('stages.get', { ...where, table: 'Orders' })).changes).toEqual([]);
    expect((await test.calls.call('stages.get', { ...where, region: 'eu-west-1' })).changes).toEqual([]);
    await test.calls.call('session.logout', {});
    await test.calls.call('session.login', { user: 'bob', password: 'sandcastle' });
    const [app] = await test.calls.call('apps.list', {});
    const { id } = await test.calls.call('appSessions.start', { app: 'aws', roleArn: app!.roles[0]!.arn });
    expect((await test.calls.call('stages.get', { ...where, appSessionId: id })).changes).toEqual([]);
  });
});
