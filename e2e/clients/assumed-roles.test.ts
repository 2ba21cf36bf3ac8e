import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GatewayMode } from '../../src-shared/contracts/gateway.ts';
import { rolegate, run } from './command-line.ts';
import { awsCli, endpointAwsCli, python } from './requirements.ts';
import { openToolAccount, type ToolAccount } from './tool-account.ts';

const roleArn = (name: string) => `arn:aws:iam::123456789000:role/${name}`;

/** Roles that tools assume by themselves, as their profiles and providers say: each from the one before. */
describe('an AWS profile with role_arn and source_profile', () => {
  let account: ToolAccount;
  beforeAll(async () => {
    account = await openToolAccount();
  });
  afterAll(() => account?.stop());

  describe.each<[GatewayMode, string | undefined]>([
    ['proxy', awsCli],
    ['endpoint', endpointAwsCli],
  ])('in %s mode', (mode, cli) => {
    // What a tool keeps of the roles that it has assumed is under its home folder.
    const folder = mkdtempSync(join(tmpdir(), 'rolegate-profiles-'));
    let env: NodeJS.ProcessEnv;
    beforeAll(async () => {
      const served = await account.serve(mode);
      const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, ...rest } = served.env;
      const [config, credentials] = [join(folder, 'config'), join(folder, 'credentials')];
      writeFileSync(credentials, `[base]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`);
      const profiles = [
        ['first', 'role_chain_first', 'base'],
        ['second', 'role_chain_second', 'first'],
        ['third', 'role_chain_third', 'second'],
        ['bob', 'role_for_bob', 'base'],
      ].map(
        ([name, role, source]) => `[profile ${name}]\nrole_arn = ${roleArn(role ?? '')}\nsource_profile = ${source}\n`,
      );
      writeFileSync(config, profiles.join('\n'));
      env = { ...rest, HOME: folder, AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials };
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    const aws = (profile: string, ...args: string[]) => run(cli ?? '', ['--profile', profile, ...args], { env });

    it.skipIf(!cli)('works at every level, and what it kept is used again', async () => {
      for (const name of ['first', 'second', 'third', 'third']) {
        const { stdout, stderr } = await aws(name, 'sts', 'get-caller-identity', '--output', 'text');
        expect(stdout, stderr).toContain(`assumed-role/role_chain_${name}/`);
      }
      expect((await aws('third', 'dynamodb', 'list-tables', '--output', 'text')).stdout).toContain('Music');
      // Each has what its own role may do, and nothing of the one that it came from.
      expect((await aws('second', 'dynamodb', 'list-tables')).stderr).toMatch(/not authorized/i);
    });

    it.skipIf(!cli)('leads to no role that one might not pick, and says why', async () => {
      const { code, stderr } = await aws('bob', 'sts', 'get-caller-identity');
      expect(code).not.toBe(0);
      expect(stderr).toMatch(/AccessDenied.*role_for_bob/s);
    });

    it.skipIf(!python || mode === 'endpoint')('works with the session of boto3', async () => {
      const program = `
import boto3
print(boto3.Session(profile_name='third').client('sts').get_caller_identity()['Arn'])
`;
      expect((await run(python ?? '', ['-'], { env, input: program })).stdout).toContain('role_chain_third/');
    });
  });

  it.skipIf(!awsCli)('ends with the session that it came from', async () => {
    const { env } = await account.serve('proxy');
    const assume = [
      'sts',
      'assume-role',
      '--role-session-name',
      'from-a-tool',
      '--role-arn',
      roleArn('role_chain_first'),
    ];
    const assumed = JSON.parse((await run(awsCli ?? '', assume, { env })).stdout) as {
      Credentials: { AccessKeyId: string; SecretAccessKey: string; SessionToken: string; Expiration: string };
    };
    const { AccessKeyId, SecretAccessKey, SessionToken } = assumed.Credentials;
    const keys = {
      AWS_ACCESS_KEY_ID: AccessKeyId,
      AWS_SECRET_ACCESS_KEY: SecretAccessKey,
      AWS_SESSION_TOKEN: SessionToken,
    };
    const list = () => run(awsCli ?? '', ['s3', 'ls'], { env: { ...env, ...keys } });
    expect((await list()).code).toBe(0);
    await rolegate(account.home, ['apps', 'logout', 'aws']);
    const { stderr } = await list();
    expect(stderr).toMatch(/ExpiredToken|InvalidAccessKeyId/);
  });
});
