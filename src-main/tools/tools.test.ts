import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requireSignInUrl } from '../console/sign-in-url.ts';
import { findAwsProfiles, readProfiles } from './aws-profiles.ts';
import { quote, setVariable } from './quoting.ts';
import { snippets } from './snippets.ts';
import { toolSettings } from './tool-settings.ts';

const target = {
  region: 'ca-central-1',
  keys: { accessKeyId: 'RGKEY', secretAccessKey: 'secret' },
  caFile: '/home/a b/ca.pem',
  plainHttp: false,
} as const;
const proxy = toolSettings({ ...target, mode: 'proxy', port: 23456 });
const endpoint = toolSettings({ ...target, mode: 'endpoint', port: 23457 });

describe('what a tool is told', () => {
  it('is the seeds’ settings for the proxy, and what else it takes to work', () => {
    expect(proxy.url).toBe('http://127.0.0.1:23456');
    expect(proxy.env).toMatchObject({
      AWS_ACCESS_KEY_ID: 'RGKEY',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_CA_BUNDLE: '/home/a b/ca.pem',
      HTTPS_PROXY: 'http://127.0.0.1:23456',
      https_proxy: 'http://127.0.0.1:23456',
      AWS_REGION: 'ca-central-1',
      AWS_DEFAULT_REGION: 'ca-central-1',
    });
    expect(proxy.unset).toEqual(expect.arrayContaining(['AWS_SESSION_TOKEN', 'AWS_PROFILE', 'AWS_ENDPOINT_URL']));
  });

  it('is an address for the endpoint, and no proxy', () => {
    expect(endpoint.url).toBe('https://127.0.0.1:23457');
    expect(endpoint.env).not.toHaveProperty('HTTPS_PROXY');
    expect(endpoint.unset).toContain('HTTPS_PROXY');
  });
});

describe('snippets', () => {
  it('write the endpoint out where older tools would not see it', () => {
    const text = (id: string) => snippets(endpoint, 'unix').find((one) => one.id === id)?.text;
    expect(text('aws-cli')).toContain('aws dynamodb list-tables --endpoint-url https://127.0.0.1:23457');
    expect(text('boto3')).toContain("boto3.client('dynamodb', endpoint_url='https://127.0.0.1:23457')");
    expect(text('dynamodb-admin')).toContain('export DYNAMO_ENDPOINT=https://127.0.0.1:23457');
    expect(text('dynamodb-admin')).toContain("export NODE_EXTRA_CA_CERTS='/home/a b/ca.pem'");
  });

  it('are valid for a shell, in both modes', () => {
    for (const settings of [proxy, endpoint]) {
      for (const { text } of snippets(settings, 'unix')) execFileSync('sh', ['-n'], { input: text });
    }
  });

  it('say that dynamodb-admin takes no proxy', () => {
    const admin = snippets(proxy, 'unix').find((one) => one.id === 'dynamodb-admin');
    expect(admin).toMatchObject({ text: '', about: expect.stringContaining('switch to the AWS endpoint') });
  });

  it('speak PowerShell and Command Prompt', () => {
    expect(snippets(proxy, 'powershell')[0]?.text).toContain("$Env:AWS_CA_BUNDLE='/home/a b/ca.pem'");
    expect(snippets(proxy, 'command-prompt')[0]?.text).toContain('set "AWS_CA_BUNDLE=/home/a b/ca.pem"');
    expect(snippets(proxy, 'command-prompt')[0]?.text).toContain('set "AWS_PROFILE="');
  });
});

describe('quoting', () => {
  it('makes one word of any text, and nothing else', () => {
    const text = fc
      .string({ unit: 'binary', maxLength: 30 })
      .filter((one) => !one.includes('\0') && one.isWellFormed());
    fc.assert(
      fc.property(text, (one) => {
        const script = `${setVariable('X', one, 'unix')}; printf %s "$X"; printf %s ${quote(one, 'unix')}`;
        expect(execFileSync('sh', ['-c', script]).toString('utf8')).toBe(one + one);
      }),
      { numRuns: 60 },
    );
  });

  it('lets nothing be expanded or run in the other shells', () => {
    expect(quote("a'b; Remove-Item x $(x)", 'powershell')).toBe("'a''b; Remove-Item x $(x)'");
    expect(quote('a"&calc&"%PATH%', 'command-prompt')).toBe('"a&calc&PATH"');
  });
});

describe('AWS profiles', () => {
  const config = `
[default]
region = eu-west-1
[profile dev]
sso_session = corp
region=us-east-1
s3 =
  max_concurrent_requests = 20
[profile "two words"]
role_arn = arn:aws:iam::123456789000:role/X
source_profile = dev
[sso-session corp]
sso_region = us-east-1
[services local]
dynamodb =
  endpoint_url = http://localhost:8000
`;
  const credentials = `[default]\naws_access_key_id = AKIAX\naws_secret_access_key = very-secret\n[only-keys]\r\naws_access_key_id=AKIAY\r\n`;

  it('are found in both files, the default one first, without their secrets', () => {
    const profiles = readProfiles(config, credentials);
    expect(profiles).toEqual([
      { name: 'default', kind: 'access keys', region: 'eu-west-1' },
      { name: 'dev', kind: 'IAM Identity Center', region: 'us-east-1' },
      { name: 'only-keys', kind: 'access keys' },
      { name: 'two words', kind: 'an assumed role', roleArn: 'arn:aws:iam::123456789000:role/X' },
    ]);
    expect(JSON.stringify(profiles)).not.toMatch(/very-secret|AKIA/);
  });

  it('are read from where the environment says, and missing files are none', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rolegate-aws-'));
    writeFileSync(join(folder, 'config'), config);
    const environment = { AWS_CONFIG_FILE: join(folder, 'config'), AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none') };
    expect((await findAwsProfiles(environment)).map(({ name }) => name)).toEqual(['default', 'dev', 'two words']);
    rmSync(folder, { recursive: true });
  });

  it('never make it throw', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (one, other) => void readProfiles(one, other)));
  });
});

describe('a console link', () => {
  const sandbox = 'http://127.0.0.1:4000';
  const allowed = (link: string, partition = 'aws', origin?: string) => {
    try {
      return requireSignInUrl(link, partition, origin).href;
    } catch {
      return undefined;
    }
  };

  it('leads to the sign-in host of its partition', () => {
    expect(allowed('https://signin.aws.amazon.com/federation?Action=login&SigninToken=x')).toBeDefined();
    expect(allowed('https://signin.amazonaws.cn/federation?Action=login', 'aws-cn')).toBeDefined();
    expect(allowed('https://signin.aws.amazon.com/federation', 'aws-cn')).toBeUndefined();
  });

  it('leads to the sandbox in the sandbox only', () => {
    expect(allowed(`${sandbox}/federation?Action=login`, 'aws', sandbox)).toBeDefined();
    expect(allowed(`${sandbox}/federation?Action=login`)).toBeUndefined();
    expect(allowed('http://127.0.0.1:4001/federation', 'aws', sandbox)).toBeUndefined();
  });

  it.each([
    'https://signin.aws.amazon.com.evil.tld/federation',
    'https://signin.aws.amazon.com@evil.tld/federation',
    'https://user@signin.aws.amazon.com/federation',
    'https://signin.aws.amazon.com:8443/federation',
    'http://signin.aws.amazon.com/federation',
    'https://signin.aws.amazon.com/oauth',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'x',
  ])('%s is not opened', (link) => {
    expect(allowed(link, 'aws', sandbox)).toBeUndefined();
  });
});
