import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GatewayMode } from '../../src-shared/contracts/gateway.ts';
import { alice, exampleRole, removeHome, startTestEngine, temporaryHome } from '../integration/test-engine.ts';
import { cleanEnvironment, type Outcome, run } from './command-line.ts';
import { awsCli, curl, python, rclone, s3cmd } from './requirements.ts';
import { openToolAccount, type ToolAccount } from './tool-account.ts';

const megabyte = 1024 * 1024;

/** What S3's own tools do, through both modes of the gateway, against a sandbox that checks every signature. */
describe('S3', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rolegate-s3-'));
  const large = join(folder, 'large.bin');
  let account: ToolAccount;
  beforeAll(async () => {
    account = await openToolAccount();
    await writeRandom(large, 200);
  }, 120_000);
  afterAll(async () => {
    await account?.stop();
    rmSync(folder, { recursive: true });
  });

  describe.each<GatewayMode>(['proxy', 'endpoint'])('in %s mode', (mode) => {
    const bucket = `through-the-${mode}`;
    let served: { url: string; env: NodeJS.ProcessEnv };
    beforeAll(async () => {
      served = await account.serve(mode);
      if (awsCli) await aws('s3', 'mb', `s3://${bucket}`);
    });

    async function must(outcome: Promise<Outcome>): Promise<string> {
      const { code, signal, stdout, stderr } = await outcome;
      if (code !== 0) throw new Error(`It ended with ${code ?? signal}. ${stderr || stdout}`);
      return stdout;
    }
    function aws(...args: string[]): Promise<string> {
      const endpoint = mode === 'endpoint' ? ['--endpoint-url', served.url] : [];
      return must(run(awsCli ?? '', [...args, ...endpoint], { env: served.env }));
    }
    async function boto3<Answer>(program: string): Promise<Answer> {
      const endpoint = mode === 'endpoint' ? `, endpoint_url='${served.url}'` : '';
      const client = `client = boto3.client('s3', config=Config(signature_version='s3v4')${endpoint})`;
      const script = `import boto3, json\nfrom botocore.config import Config\n${client}\n${program}`;
      return JSON.parse(await must(run(python ?? '', ['-'], { env: served.env, input: script }))) as Answer;
    }
    /** curl trusts the bundle by the variable that OpenSSL has for it. */
    const fetched = (...args: string[]) =>
      must(
        run(curl ?? '', ['-sS', '--fail-with-body', ...args], {
          env: { ...served.env, CURL_CA_BUNDLE: served.env['AWS_CA_BUNDLE'] },
        }),
      );

    it.skipIf(!awsCli)(
      'takes and gives back a file of 200 MB with aws s3 cp',
      async () => {
        await aws('s3', 'cp', '--no-progress', large, `s3://${bucket}/large.bin`);
        const back = join(folder, `back-${mode}.bin`);
        await aws('s3', 'cp', '--no-progress', `s3://${bucket}/large.bin`, back);
        expect(await sha256(back)).toBe(await sha256(large));
        rmSync(back);
      },
      180_000,
    );

    it.skipIf(!awsCli)(
      'keeps hostile keys apart',
      async () => {
        const keys = ['a b', 'a+b', 'a%20b', 'ü/€', 'dots/../x', 'double//slash', '-._~!$&(),;=:@'];
        const file = join(folder, 'key.txt');
        for (const key of keys) {
          writeFileSync(file, key);
          await aws('s3api', 'put-object', '--bucket', bucket, `--key=${key}`, '--body', file);
        }
        for (const key of keys) {
          await aws('s3api', 'get-object', '--bucket', bucket, `--key=${key}`, file);
          expect(await must(run('cat', [file]))).toBe(key);
        }
      },
      120_000,
    );

    it.skipIf(!python)(
      'takes a multipart upload of boto3',
      async () => {
        const { size, parts } = await boto3<{ size: number; parts: string }>(`
from boto3.s3.transfer import TransferConfig
client.upload_file(${JSON.stringify(large)}, '${bucket}', 'parts.bin', Config=TransferConfig(multipart_threshold=8*1024*1024))
head = client.head_object(Bucket='${bucket}', Key='parts.bin')
print(json.dumps({'size': head['ContentLength'], 'parts': head['ETag']}))
`);
        expect(size).toBe(200 * megabyte);
        expect(parts).toMatch(/-25"$/);
      },
      120_000,
    );

    it.skipIf(!python || !curl)('honours presigned URLs, until they are altered', async () => {
      const { put, get } = await boto3<{ put: string; get: string }>(`
where = {'Bucket': '${bucket}', 'Key': 'presigned ü.txt'}
print(json.dumps({name: client.generate_presigned_url(name + '_object', Params=where, ExpiresIn=300) for name in ('put', 'get')}))
`);
      await fetched('-X', 'PUT', '--data-binary', 'by a URL', put);
      expect(await fetched(get)).toBe('by a URL');
      const altered = await run(curl ?? '', ['-sS', get.replace('presigned', 'another')], {
        env: { ...served.env, CURL_CA_BUNDLE: served.env['AWS_CA_BUNDLE'] },
      });
      expect(altered.stdout).toContain('<Code>SignatureDoesNotMatch</Code>');
    });

    it.skipIf(!curl)('takes what curl signs', async () => {
      const { env } = served;
      const signing = [
        '--aws-sigv4',
        'aws:amz:us-east-1:s3',
        '--user',
        `${env['AWS_ACCESS_KEY_ID']}:${env['AWS_SECRET_ACCESS_KEY']}`,
      ];
      const base = mode === 'proxy' ? 'https://s3.us-east-1.amazonaws.com' : served.url;
      const xml = await fetched(...signing, '-H', 'x-amz-content-sha256: UNSIGNED-PAYLOAD', `${base}/`);
      expect(xml).toContain(`<Name>${bucket}</Name>`);
    });

    it.skipIf(!awsCli)('lets chained roles be assumed, and their credentials used, but nowhere else', async () => {
      const assumed = JSON.parse(
        await aws(
          'sts',
          'assume-role',
          '--role-arn',
          'arn:aws:iam::123456789000:role/role_chain_first',
          '--role-session-name',
          'from-a-tool',
        ),
      ) as { Credentials: { AccessKeyId: string; SecretAccessKey: string; SessionToken: string } };
      const { AccessKeyId, SecretAccessKey, SessionToken } = assumed.Credentials;
      expect(AccessKeyId).toMatch(/^RG/);
      const outer = served.env;
      served.env = {
        ...outer,
        AWS_ACCESS_KEY_ID: AccessKeyId,
        AWS_SECRET_ACCESS_KEY: SecretAccessKey,
        AWS_SESSION_TOKEN: SessionToken,
      };
      expect(await aws('sts', 'get-caller-identity')).toContain('assumed-role/role_chain_first/from-a-tool');
      expect(await aws('s3', 'ls')).toContain(bucket);
      await expect(aws('dynamodb', 'list-tables')).rejects.toThrow(/not authorized/i);
      served.env = { ...served.env, AWS_SESSION_TOKEN: 'another token' };
      await expect(aws('s3', 'ls')).rejects.toThrow(/security token/i);
      served.env = outer;
    });

    it.skipIf(!rclone)('serves rclone, told of the certificate in its own way', async () => {
      // The AWS library in rclone cannot use AWS_CA_BUNDLE together with rclone's own connections.
      const { AWS_CA_BUNDLE: ca = '', ...env } = served.env;
      const remote = {
        RCLONE_CONFIG: join(folder, 'no-rclone.conf'),
        RCLONE_CONFIG_MINE_TYPE: 's3',
        RCLONE_CONFIG_MINE_ENV_AUTH: 'true',
        RCLONE_CONFIG_MINE_REGION: 'us-east-1',
        ...(mode === 'proxy'
          ? { RCLONE_CONFIG_MINE_PROVIDER: 'AWS' }
          : { RCLONE_CONFIG_MINE_PROVIDER: 'Other', RCLONE_CONFIG_MINE_ENDPOINT: served.url }),
      };
      const command = (...args: string[]) =>
        must(run(rclone ?? '', ['--ca-cert', ca, '--retries', '1', ...args], { env: { ...env, ...remote } }));
      const file = join(folder, 'by rclone.bin');
      writeFileSync(file, randomBytes(6 * megabyte));
      await command('copy', '--s3-upload-cutoff', '5M', '--s3-chunk-size', '5M', file, `mine:${bucket}/rclone`);
      await command('copy', `mine:${bucket}/rclone`, join(folder, `rclone-${mode}`));
      expect(await sha256(join(folder, `rclone-${mode}`, 'by rclone.bin'))).toBe(await sha256(file));
    });

    it.skipIf(!s3cmd)('serves s3cmd', async () => {
      const [host] = served.url.split('//').slice(1);
      const settings = join(folder, `s3cmd-${mode}`);
      writeFileSync(
        settings,
        [
          '[default]',
          `access_key = ${served.env['AWS_ACCESS_KEY_ID']}`,
          `secret_key = ${served.env['AWS_SECRET_ACCESS_KEY']}`,
          'bucket_location = us-east-1',
          `ca_certs_file = ${served.env['AWS_CA_BUNDLE']}`,
          ...(mode === 'proxy'
            ? [
                'host_base = s3.us-east-1.amazonaws.com',
                'host_bucket = %(bucket)s.s3.us-east-1.amazonaws.com',
                `proxy_host = 127.0.0.1`,
                `proxy_port = ${host?.split(':')[1]}`,
              ]
            : [`host_base = ${host}`, `host_bucket = ${host}`]),
        ].join('\n'),
      );
      const small = join(folder, 'small.txt');
      writeFileSync(small, randomBytes(1000));
      const command = (...args: string[]) => must(run(s3cmd ?? '', ['-c', settings, ...args], { env: served.env }));
      await command('put', small, `s3://${bucket}/by s3cmd.txt`);
      expect(await command('ls', `s3://${bucket}/by`)).toContain('by s3cmd.txt');
    });
  });

  it.skipIf(!awsCli)('lets requests that are not signed through the proxy to what is public', async () => {
    // Such requests go past the app-service, so the sandbox has to be the one of this home.
    const home = temporaryHome();
    const { calls, stop } = await startTestEngine(home);
    await calls.call('session.login', alice);
    const { id: appSessionId } = await calls.call('appSessions.start', { app: 'aws', roleArn: exampleRole });
    const { port } = await calls.call('gateway.open', { mode: 'proxy', port: 0 });
    const settings = await calls.call('gateway.settings', { appSessionId, mode: 'proxy', port });
    const list = (name: string) =>
      run(awsCli ?? '', ['s3', 'ls', '--no-sign-request', `s3://${name}`, '--region', 'ca-central-1'], {
        env: cleanEnvironment(settings.env),
      });
    expect((await list('open-data-123456789000')).stdout).toContain('README.md');
    expect((await list('shop-records-123456789000')).stderr).toContain('AccessDenied');
    await stop();
    removeHome(home);
  });
});

async function writeRandom(file: string, megabytes: number): Promise<void> {
  const handle = await open(file, 'w');
  for (let i = 0; i < megabytes; i++) await handle.write(randomBytes(megabyte));
  await handle.close();
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
