import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GatewayMode } from '../../src-shared/contracts/gateway.ts';
import { rolegate, run } from './command-line.ts';
import { awsCli } from './requirements.ts';
import { openToolAccount, type ToolAccount } from './tool-account.ts';

describe.skipIf(!awsCli)('the aws CLI', () => {
  let account: ToolAccount;
  beforeAll(async () => {
    account = await openToolAccount();
  });
  afterAll(() => account?.stop());

  describe.each<GatewayMode>(['proxy', 'endpoint'])('in %s mode', (mode) => {
    let env: NodeJS.ProcessEnv;
    let flags: string[];
    beforeAll(async () => {
      const served = await account.serve(mode);
      env = served.env;
      // This version of the CLI is too old to read AWS_ENDPOINT_URL.
      flags = mode === 'endpoint' ? ['--endpoint-url', served.url] : [];
    });
    const aws = (...args: string[]) => run(awsCli ?? '', [...args, ...flags], { env });
    async function json(...args: string[]) {
      const { code, stdout, stderr } = await aws(...args);
      if (code !== 0) throw new Error(stderr);
      return JSON.parse(stdout || '{}') as Record<string, unknown>;
    }

    it('lists the tables of the region', async () => {
      expect(await json('dynamodb', 'list-tables')).toMatchObject({
        TableNames: expect.arrayContaining(['Music', 'Orders']),
      });
      const elsewhere = await json('dynamodb', 'list-tables', '--region', 'ca-central-1');
      expect(elsewhere).toMatchObject({ TableNames: expect.arrayContaining(['my-dynamodb-table']) });
    });

    it('writes an item and gets it back, to the last digit', async () => {
      const item = {
        Artist: { S: `aws-cli-${mode}` },
        SongTitle: { S: 'ünïcode / & "quotes"' },
        Plays: { N: '12345678901234567890123456789012345678' },
        Empty: { S: '' },
        Nothing: { NULL: true },
        Tags: { SS: ['a', 'b'] },
      };
      await json('dynamodb', 'put-item', '--table-name', 'Music', '--item', JSON.stringify(item));
      const key = JSON.stringify({ Artist: item.Artist, SongTitle: item.SongTitle });
      expect(await json('dynamodb', 'get-item', '--table-name', 'Music', '--key', key)).toEqual({ Item: item });
    });

    it('scans a table page by page', async () => {
      const { Count } = await json(
        'dynamodb',
        'scan',
        '--table-name',
        'Orders',
        '--page-size',
        '2000',
        '--select',
        'COUNT',
      );
      expect(Count).toBeGreaterThan(20_000);
    });

    it('is told who it is', async () => {
      expect(await json('sts', 'get-caller-identity')).toMatchObject({
        Account: '123456789000',
        Arn: 'arn:aws:sts::123456789000:assumed-role/ExampleTeleportDynamoDBRole/alice',
      });
    });

    it('shows what the sandbox has when it is asked for something else', async () => {
      const { code, stderr } = await aws('sns', 'list-topics');
      expect(code).not.toBe(0);
      expect(stderr).toContain('This sandbox has DynamoDB, S3, STS, IAM, Lambda and EC2, but no sns.');
    });

    it('shows why it is refused with keys of another time, and with a wrong secret', async () => {
      const other = { ...env, AWS_ACCESS_KEY_ID: 'RGEARLIEREARLIEREARL', AWS_SECRET_ACCESS_KEY: 'not-ours' };
      const { stderr } = await run(awsCli ?? '', ['dynamodb', 'list-tables', ...flags], { env: other });
      expect(stderr).toContain('(UnrecognizedClientException)');
      expect(stderr).toContain('is not an access key of Rolegate. Copy the settings again from Connect.');
      const wrongSecret = await run(awsCli ?? '', ['dynamodb', 'list-tables', ...flags], {
        env: { ...env, AWS_SECRET_ACCESS_KEY: 'wrong' },
      });
      expect(wrongSecret.stderr).toContain('(InvalidSignatureException)');
    });
  });

  it('runs through "rolegate aws", whose exit code is its own', async () => {
    const listed = await rolegate(account.home, ['aws', 'dynamodb', 'list-tables', '--output', 'text']);
    expect(listed).toMatchObject({ code: 0, stdout: expect.stringContaining('Music') });
    const failing = ['dynamodb', 'describe-table', '--table-name', 'Nowhere'];
    const failed = await rolegate(account.home, ['aws', ...failing]);
    expect(failed.stderr).toContain('ResourceNotFoundException');
    const { env } = await account.serve('proxy');
    expect(failed.code).toBe((await run('aws', failing, { env })).code);
  });
});
