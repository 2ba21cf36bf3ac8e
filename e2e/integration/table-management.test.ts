import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TableChange, TableDefinition } from '../../src-shared/contracts/table-management.ts';
import { alice, exampleRole, removeHome, startTestEngine, type TestEngine, temporaryHome } from './test-engine.ts';

/** Tables made, changed and deleted in the sandbox. */
describe('managing tables', () => {
  const home = temporaryHome();
  let test: TestEngine;
  let where: { appSessionId: string; region: string };
  const table = 'made-by-hand';

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

  const definition: TableDefinition = {
    name: table,
    key: [
      { name: 'pk', type: 'S', role: 'HASH' },
      { name: 'sk', type: 'N', role: 'RANGE' },
    ],
    indexes: [
      {
        name: 'by-owner',
        kind: 'GSI',
        key: [{ name: 'owner', type: 'S', role: 'HASH' }],
        projection: 'INCLUDE',
        projectedAttributes: ['title'],
      },
      {
        name: 'by-size',
        kind: 'LSI',
        key: [
          { name: 'pk', type: 'S', role: 'HASH' },
          { name: 'size', type: 'N', role: 'RANGE' },
        ],
        projection: 'KEYS_ONLY',
        projectedAttributes: [],
      },
    ],
    billing: { mode: 'on-demand' },
    stream: 'NEW_AND_OLD_IMAGES',
    deletionProtection: false,
    tags: [{ key: 'team', value: 'search' }],
  };
  const details = () => test.calls.call('tables.describe', { ...where, table });
  const change = (one: TableChange) => test.calls.call('tables.change', { ...where, table, change: one });

  it('makes a table with indexes, stream and tags', async () => {
    await test.calls.call('tables.create', { ...where, definition });
    expect(await details()).toMatchObject({
      key: definition.key,
      billing: 'on-demand',
      streamView: 'NEW_AND_OLD_IMAGES',
      indexes: [{ name: 'by-size' }, { name: 'by-owner', projection: 'INCLUDE', projectedAttributes: ['title'] }],
    });
    const { tags } = await test.calls.call('tables.extras', { ...where, table });
    expect(tags).toEqual({ value: [{ key: 'team', value: 'search' }] });
  });

  it('refuses what DynamoDB would refuse', async () => {
    const bad = {
      ...definition,
      name: 'bad-table',
      key: [definition.key[0]!, { ...definition.key[0]!, role: 'RANGE' as const }],
    };
    await expect(test.calls.call('tables.create', { ...where, definition: bad })).rejects.toMatchObject({
      code: 'bad_input',
    });
    await expect(test.calls.call('tables.create', { ...where, definition })).rejects.toMatchObject({
      awsCode: 'ResourceInUseException',
    });
  });

  it('changes tags, time to live and indexes', async () => {
    await change({ kind: 'tags', set: [{ key: 'env', value: 'test' }], remove: ['team'] });
    await change({ kind: 'timeToLive', attribute: 'expires', on: true });
    const extras = await test.calls.call('tables.extras', { ...where, table });
    expect(extras.tags).toEqual({ value: [{ key: 'env', value: 'test' }] });
    expect(extras.timeToLive).toMatchObject({ value: { attribute: 'expires' } });
    await change({
      kind: 'createIndex',
      billing: { mode: 'on-demand' },
      index: { ...definition.indexes[0]!, name: 'by-kind', key: [{ name: 'kind', type: 'S', role: 'HASH' }] },
    });
    expect((await details()).indexes.map(({ name }) => name)).toContain('by-kind');
    await change({ kind: 'deleteIndex', name: 'by-kind' });
    expect((await details()).indexes.map(({ name }) => name)).not.toContain('by-kind');
  });

  it('says plainly what is not in this sandbox', async () => {
    const { pointInTime } = await test.calls.call('tables.extras', { ...where, table });
    expect(pointInTime).toMatchObject({ error: { message: expect.stringContaining('not in this sandbox') } });
  });

  it('deletes a table only with its name typed, and not while it is protected', async () => {
    const remove = (typedName: string) => test.calls.call('tables.delete', { ...where, table, typedName });
    await expect(remove('something else')).rejects.toMatchObject({ code: 'bad_input' });
    await change({ kind: 'deletionProtection', on: true });
    if ((await details()).deletionProtection) {
      await expect(remove(table)).rejects.toMatchObject({ awsCode: 'ValidationException' });
      await change({ kind: 'deletionProtection', on: false });
    }
    await remove(table);
    await expect(details()).rejects.toMatchObject({ code: 'not_found' });
  });
});
