import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GatewayMode } from '../../src-shared/contracts/gateway.ts';
import { run } from './command-line.ts';
import { python } from './requirements.ts';
import { openToolAccount, type ToolAccount } from './tool-account.ts';

describe.skipIf(!python)('boto3', () => {
  let account: ToolAccount;
  beforeAll(async () => {
    account = await openToolAccount();
  });
  afterAll(() => account?.stop());

  describe.each<GatewayMode>(['proxy', 'endpoint'])('in %s mode', (mode) => {
    let served: { url: string; env: NodeJS.ProcessEnv };
    beforeAll(async () => {
      served = await account.serve(mode);
    });
    async function execute(program: string) {
      const endpoint = mode === 'endpoint' ? `, endpoint_url='${served.url}'` : '';
      const script = `import boto3, json, sys\nclient = boto3.client('dynamodb'${endpoint})\n${program}`;
      const { code, stdout, stderr } = await run(python ?? '', ['-'], { env: served.env, input: script });
      if (code !== 0) throw new Error(stderr);
      return JSON.parse(stdout) as unknown;
    }

    it('lists tables', async () => {
      expect(await execute("print(json.dumps(client.list_tables()['TableNames']))")).toContain('Music');
    });

    it('pages through 20,000 items, each once', async () => {
      const [count, distinct] = (await execute(`
keys = client.describe_table(TableName='Orders')['Table']['KeySchema']
names = [key['AttributeName'] for key in keys]
seen = set()
count = 0
for page in client.get_paginator('scan').paginate(TableName='Orders', PaginationConfig={'PageSize': 2500}):
    count += len(page['Items'])
    seen.update(json.dumps([item[name] for name in names]) for item in page['Items'])
print(json.dumps([count, len(seen)]))
`)) as [number, number];
      expect(count).toBeGreaterThan(20_000);
      expect(distinct).toBe(count);
    });

    it('writes and reads in batches, and in transactions', async () => {
      const read = await execute(`
keys = [{'Artist': {'S': 'boto3-${mode}'}, 'SongTitle': {'S': str(n)}} for n in range(25)]
client.batch_write_item(RequestItems={'Music': [{'PutRequest': {'Item': key}} for key in keys]})
client.transact_write_items(TransactItems=[{'Delete': {'TableName': 'Music', 'Key': keys[0]}}])
print(json.dumps(client.query(TableName='Music', KeyConditionExpression='Artist = :a',
    ExpressionAttributeValues={':a': {'S': 'boto3-${mode}'}})['Count']))
`);
      expect(read).toBe(24);
    });
  });
});
