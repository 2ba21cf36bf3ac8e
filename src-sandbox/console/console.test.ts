import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import {
  GetFederationTokenCommand,
  GetSessionTokenCommand,
  type GetSessionTokenCommandOutput,
} from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askForToken, open, sessionOf, signInLink } from '../testing/browser.ts';
import { sendRaw } from '../testing/raw-request.ts';
import {
  assume,
  type Credentials,
  dynamoDbClient,
  startTestSandbox,
  stsClient,
  type TestSandbox,
} from '../testing/test-sandbox.ts';

let sandbox: TestSandbox;
let alice: Credentials;
let clock = 0;
beforeAll(async () => {
  sandbox = await startTestSandbox({ now: () => Date.now() + clock });
  alice = await assume(sandbox, 'ExampleTeleportDynamoDBRole');
});
afterAll(() => sandbox.remove());

const home = 'https://console.aws.amazon.com/console/home?region=us-east-1';

describe('getSigninToken', () => {
  it('gives a token for temporary credentials, with a duration or without', async () => {
    const reply = await askForToken(sandbox, sessionOf(alice), { SessionDuration: '43200' });
    expect(reply.status).toBe(200);
    expect(await reply.json()).toEqual({ SigninToken: expect.stringMatching(/^[\w-]{43}$/) });
    expect((await askForToken(sandbox, sessionOf(alice))).status).toBe(200);
  });

  it.each([
    ['another secret', { sessionKey: 'x'.repeat(40) }],
    ['another token', { sessionToken: 'x' }],
    ['a key that nobody issued', { sessionId: 'ASIAIOSFODNN7EXAMPLE' }],
  ])('refuses %s', async (_, wrong) => {
    const reply = await askForToken(sandbox, { ...sessionOf(alice), ...wrong });
    expect([reply.status, await reply.text()]).toEqual([
      400,
      'The credentials in Session are not temporary credentials that this STS has issued.\n',
    ]);
  });

  it('refuses long-term credentials, what is no session, and unknown actions', async () => {
    const { accessKeyId, secretAccessKey } = sandbox.serviceCredentials;
    const longTerm = { sessionId: accessKeyId, sessionKey: secretAccessKey, sessionToken: '' };
    expect((await askForToken(sandbox, longTerm)).status).toBe(400);
    expect(await (await askForToken(sandbox, 'nonsense')).text()).toMatch(/^Session must be JSON/);
    expect(await (await askForToken(sandbox, {}, { Action: 'logout' })).text()).toMatch(/no sign-in action "logout"/);
  });

  it.each(['899', '43201', '1e3', ''])('refuses a SessionDuration of %j', async (SessionDuration) => {
    const reply = await askForToken(sandbox, sessionOf(alice), { SessionDuration });
    expect([reply.status, await reply.text()]).toEqual([400, 'SessionDuration must be 900 to 43200 seconds.\n']);
  });

  it('refuses a SessionDuration for chained credentials, as AWS does', async () => {
    const chained = await assume(sandbox, 'role_for_alice', {}, await assume(sandbox, 'role_that_chains'));
    const refused = await askForToken(sandbox, sessionOf(chained), { SessionDuration: '3600' });
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('role chaining')]);
    expect((await askForToken(sandbox, sessionOf(chained))).status).toBe(200);
  });

  it('takes those of a federated user, and none that an IAM user got for itself', async () => {
    const Policy = JSON.stringify({ Statement: { Effect: 'Allow', Action: '*', Resource: '*' } });
    const federated = await stsClient(sandbox).send(new GetFederationTokenCommand({ Name: 'carol', Policy }));
    const carol = credentialsIn(federated);
    expect((await open(await signInLink(sandbox, carol, home))).html).toContain('carol');
    const longer = await askForToken(sandbox, sessionOf(carol), { SessionDuration: '3600' });
    expect([longer.status, await longer.text()]).toEqual([400, expect.stringContaining('GetFederationToken')]);
    const own = credentialsIn(await stsClient(sandbox).send(new GetSessionTokenCommand()));
    expect((await askForToken(sandbox, sessionOf(own))).status).toBe(400);
  });

  it('refuses credentials that have expired', async () => {
    clock = 3_600_001;
    try {
      const reply = await askForToken(sandbox, sessionOf(alice));
      expect([reply.status, await reply.text()]).toEqual([400, 'The credentials in Session have expired.\n']);
    } finally {
      clock = 0;
    }
  });
});

describe('a sign-in link', () => {
  it('leads to the page that it names, where it says who is signed in, as what and where', async () => {
    const destination = 'https://console.aws.amazon.com/dynamodbv2/home?region=ca-central-1#tables';
    const page = await open(await signInLink(sandbox, alice, destination));
    expect(page.status).toBe(200);
    expect(page.html).toContain('ExampleTeleportDynamoDBRole/alice');
    expect(page.html).toContain('Account 1234-5678-9000');
    expect(page.html).toContain('1 table in ca-central-1');
    expect(page.html).toMatch(/my-dynamodb-table.*Active.*id \(String\).*12</s);
    expect(page.html).toContain('sandbox');
  });

  it('works once', async () => {
    const link = await signInLink(sandbox, alice, home);
    expect((await open(link)).status).toBe(200);
    const again = await open(link);
    expect(again.status).toBe(400);
    expect(again.html).toContain('has been used or is too old');
    expect(again.headers.get('set-cookie')).toBeNull();
  });

  it('works for 15 minutes', async () => {
    const link = await signInLink(sandbox, alice, home);
    clock = 15 * 60_000;
    try {
      expect((await open(link)).status).toBe(400);
    } finally {
      clock = 0;
    }
  });

  it('leads nowhere but to this console, and is not used up by the attempt', async () => {
    const elsewhere = await signInLink(sandbox, alice, 'https://evil.example/');
    const refused = await open(elsewhere);
    expect(refused.status).toBe(400);
    expect(refused.html).toContain('must be a page of the AWS console');
    expect(
      (await open(elsewhere.replace(encodeURIComponent('https://evil.example/'), encodeURIComponent(home)))).status,
    ).toBe(200);
  });

  it('sets a cookie that scripts cannot read, and that a link from elsewhere brings along', async () => {
    const reply = await fetch(await signInLink(sandbox, alice, home), { redirect: 'manual' });
    expect(reply.status).toBe(302);
    expect(reply.headers.get('location')).toBe('/console/home?region=us-east-1');
    const port = new URL(sandbox.consoleOrigin).port;
    expect(reply.headers.get('set-cookie')).toMatch(
      new RegExp(`^rolegate-sandbox-console-${port}=[\\w-]{43}; Path=/; Max-Age=\\d+; HttpOnly; SameSite=Lax$`),
    );
  });
});

describe('the console', () => {
  it('lists other regions, marks the one it shows, and takes none that does not exist', async () => {
    const { html, cookie } = await open(await signInLink(sandbox, alice, home));
    expect(html).toContain('<a href="/console/home?region=ca-central-1">ca-central-1</a>');
    expect(html).toContain('<a href="/console/home?region=us-east-1" aria-current="true">us-east-1</a>');
    const empty = await open(`${sandbox.consoleOrigin}/dynamodbv2/home?region=eu-west-3`, cookie);
    expect(empty.html).toContain('There are no tables in eu-west-3.');
    const nowhere = await open(`${sandbox.consoleOrigin}/console/home?region=%22%3E%3Cscript%3E`, cookie);
    expect(nowhere.html).toContain('in us-east-1');
    expect(nowhere.html).not.toContain('<script');
  });

  it('shows what the role may see', async () => {
    const client = dynamoDbClient(sandbox, alice, 'eu-north-1');
    const key = {
      AttributeDefinitions: [{ AttributeName: 'a<b>"', AttributeType: 'S' as const }],
      KeySchema: [{ AttributeName: 'a<b>"', KeyType: 'HASH' as const }],
    };
    await client.send(new CreateTableCommand({ TableName: 'odd.name', BillingMode: 'PAY_PER_REQUEST', ...key }));
    const destination = home.replace('us-east-1', 'eu-north-1');
    const page = await open(await signInLink(sandbox, alice, destination));
    expect(page.html).toContain('a&lt;b&gt;&quot; (String)');

    const Policy = JSON.stringify({ Statement: { Effect: 'Allow', Action: 'dynamodb:ListTables', Resource: '*' } });
    const namesOnly = await assume(sandbox, 'role_for_bob', { Policy });
    const names = await open(await signInLink(sandbox, namesOnly, destination));
    expect(names.html).toContain('odd.name');
    expect(names.html).not.toContain('(String)');

    const none = await open(await signInLink(sandbox, await assume(sandbox, 'role_that_chains'), destination));
    expect(none.html).toMatch(/role_that_chains\/alice is not authorized to perform: dynamodb:ListTables/);
    expect(none.html).not.toContain('odd.name');
  });

  it('says so when nobody is signed in, or the session has ended', async () => {
    const nobody = await open(`${sandbox.consoleOrigin}/`);
    expect([nobody.status, nobody.html]).toEqual([401, expect.stringContaining('You are not signed in')]);
    const { cookie } = await open(await signInLink(sandbox, alice, home));
    clock = 3_600_001;
    try {
      expect((await open(`${sandbox.consoleOrigin}/console/home`, cookie)).status).toBe(401);
    } finally {
      clock = 0;
    }
  });

  it('signs out', async () => {
    const { cookie } = await open(await signInLink(sandbox, alice, home));
    expect((await open(`${sandbox.consoleOrigin}/console/home`, cookie)).status).toBe(200);
    const out = await open(`${sandbox.consoleOrigin}/console/sign-out`, cookie, 'POST');
    expect(out.html).toContain('You have signed out');
    expect(out.headers.get('set-cookie')).toMatch(/=; Path=\/; Max-Age=0/);
    // The cookie of before is worth nothing now, whoever has kept it.
    expect((await open(`${sandbox.consoleOrigin}/console/home`, cookie)).status).toBe(401);
  });

  it('has pages that run nothing, load nothing of others and stand in no frame', async () => {
    const page = await open(await signInLink(sandbox, alice, home));
    expect(page.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.html).not.toMatch(/<script|style=|\son\w+=/);
    const assets = [...page.html.matchAll(/(?:src|href)="([^"]+\.(?:css|svg))"/g)].map((match) => match[1] ?? '');
    expect(new Set(assets).size).toBe(2);
    for (const asset of assets) expect((await fetch(new URL(asset, sandbox.consoleOrigin))).status).toBe(200);
  });

  it('answers to its own name only, so that no other page can read it', async () => {
    const { cookie } = await open(await signInLink(sandbox, alice, home));
    const { host, port } = new URL(sandbox.consoleOrigin);
    const ask = (name: string) =>
      sendRaw(sandbox.consoleOrigin, {
        method: 'GET',
        target: '/console/home',
        headers: [
          ['Host', name],
          ['Cookie', cookie],
        ],
        body: '',
      });
    expect((await ask(host)).status).toBe(200);
    expect((await ask(`localhost:${port}`)).status).toBe(200);
    for (const name of [
      'rebound.example',
      `rebound.example:${port}`,
      '127.0.0.1',
      'localhost',
      `127.0.0.1:${Number(port) + 1}`,
    ]) {
      const reply = await ask(name);
      expect(reply.status).toBe(403);
      expect(reply.body).not.toContain('alice');
    }
  });

  it('has had no faults', () => {
    expect(sandbox.faults).toEqual([]);
  });
});

function credentialsIn({ Credentials: keys }: GetSessionTokenCommandOutput): Credentials {
  return {
    accessKeyId: keys?.AccessKeyId ?? '',
    secretAccessKey: keys?.SecretAccessKey ?? '',
    sessionToken: keys?.SessionToken ?? '',
  };
}
