import { randomBytes } from 'node:crypto';
import { ListTablesCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  GetFederationTokenCommand,
  GetSessionTokenCommand,
} from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendRaw, signed } from '../testing/raw-request.ts';
import {
  assume,
  type Credentials,
  dynamoDbClient,
  roleArn,
  startTestSandbox,
  stsClient,
  type TestSandbox,
} from '../testing/test-sandbox.ts';

/** Every request here is made by AWS's own client, unless it is one that the client would not make. */

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.remove());

const service = 'arn:aws:iam::123456789000:user/rolegate-service';
const managed = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const tags = (count: number) => Array.from({ length: count }, (_, index) => ({ Key: `tag-${index}`, Value: 'x' }));

describe('GetCallerIdentity', () => {
  it('names the IAM user, and a session of a role', async () => {
    expect(await stsClient(sandbox).send(new GetCallerIdentityCommand())).toMatchObject({
      Account: '123456789000',
      Arn: service,
      UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
    });
    const alice = await assume(sandbox, 'role_for_alice');
    expect(await stsClient(sandbox, alice).send(new GetCallerIdentityCommand())).toMatchObject({
      Account: '123456789000',
      Arn: 'arn:aws:sts::123456789000:assumed-role/role_for_alice/alice',
      UserId: expect.stringMatching(/^AROA[A-Z2-7]{17}:alice$/),
    });
  });

  it('works in any region, and by GET', async () => {
    expect(await stsClient(sandbox, {}, 'ap-southeast-4').send(new GetCallerIdentityCommand())).toMatchObject({
      Arn: service,
    });
    const get = { method: 'GET', target: '/?Action=GetCallerIdentity&Version=2011-06-15', headers: [], body: '' };
    const origin = sandbox.endpoints.sts;
    const reply = await sendRaw(origin, signed(origin, get, { service: 'sts', keys: sandbox.serviceCredentials }));
    expect(reply.status).toBe(200);
    expect(reply.body).toContain(`<Arn>${service}</Arn>`);
  });
});

describe('AssumeRole', () => {
  it('gives temporary keys, like those of AWS', async () => {
    const before = Date.now();
    const input = {
      RoleArn: roleArn('ExampleTeleportDynamoDBRole'),
      RoleSessionName: 'alice@example.com',
      DurationSeconds: 7200,
    };
    const { Credentials: keys, AssumedRoleUser: user } = await stsClient(sandbox).send(new AssumeRoleCommand(input));
    expect(keys?.AccessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    expect(keys?.SecretAccessKey).toHaveLength(40);
    expect(keys?.SessionToken?.length).toBeGreaterThan(300);
    expect(keys?.Expiration?.getTime()).toBeGreaterThanOrEqual(Math.floor(before / 1000) * 1000 + 7_200_000);
    expect(keys?.Expiration?.getTime()).toBeLessThanOrEqual(Date.now() + 7_200_000);
    expect(user).toEqual({
      Arn: 'arn:aws:sts::123456789000:assumed-role/ExampleTeleportDynamoDBRole/alice@example.com',
      AssumedRoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}:alice@example\.com$/),
    });
  });

  it.each(['role_without_trust', 'role_that_does_not_exist', 'role_with_external_id'])(
    'refuses %s as AWS does',
    async (role) => {
      await expect(assume(sandbox, role)).rejects.toMatchObject({
        name: 'AccessDenied',
        $metadata: { httpStatusCode: 403 },
        message: `User: ${service} is not authorized to perform: sts:AssumeRole on resource: ${roleArn(role)}`,
      });
    },
  );

  it('wants the external id that a role asks for', async () => {
    await expect(assume(sandbox, 'role_with_external_id', { ExternalId: 'another' })).rejects.toThrow(/not authorized/);
    expect(await assume(sandbox, 'role_with_external_id', { ExternalId: 'rolegate-sandbox' })).toBeDefined();
  });

  it('refuses a role of another account, and callers whose role does not let them', async () => {
    await expect(assume(sandbox, '', { RoleArn: 'arn:aws:iam::999999999999:role/Elsewhere' })).rejects.toThrow(
      /not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::999999999999:role\/Elsewhere/,
    );
    const bob = await assume(sandbox, 'role_for_bob');
    await expect(assume(sandbox, 'role_for_alice', {}, bob)).rejects.toThrow(
      /assumed-role\/role_for_bob\/alice is not authorized to perform: sts:AssumeRole .* no identity-based policy allows/,
    );
  });

  it.each([
    ['a session name with a space', { RoleSessionName: 'a b' }, /roleSessionName/],
    ['a session name that is too short', { RoleSessionName: 'x' }, /roleSessionName/],
    ['a duration that is too short', { DurationSeconds: 899 }, /greater than or equal to 900/],
    ['a duration beyond all roles', { DurationSeconds: 43_201 }, /less than or equal to 43200/],
    ['a duration beyond this role', { DurationSeconds: 3_601 }, /exceeds the MaxSessionDuration/],
    [
      'a managed policy that is not here',
      { PolicyArns: [{ arn: managed('Billing') }] },
      /Billing is not in this sandbox/,
    ],
    ['eleven managed policies', { PolicyArns: Array(11).fill({ arn: managed('ReadOnlyAccess') }) }, /equal to 10/],
    ['a code of a device', { SerialNumber: 'arn:aws:iam::123456789000:mfa/x', TokenCode: '123456' }, /SerialNumber/],
    ['an ARN that is none', { RoleArn: 'role_for_alice_without_arn' }, /is invalid$/],
    ['an external id that is too short', { ExternalId: 'x' }, /externalId.* greater than or equal to 2/],
    ['an external id with a space', { ExternalId: 'a b' }, /externalId.* regular expression/],
    ['a source identity with a colon', { SourceIdentity: 'a:b' }, /sourceIdentity/],
    ['a source identity of AWS', { SourceIdentity: 'aws:me' }, /sourceIdentity|aws:/],
    ['more than 50 tags', { Tags: tags(51) }, /tags.* less than or equal to 50/],
    ['a tag without a key', { Tags: [{ Key: '', Value: 'x' }] }, /tags\.1\.member\.key/],
    ['a tag whose value is too long', { Tags: [{ Key: 'a', Value: 'x'.repeat(257) }] }, /tags\.1\.member\.value/],
    ['a tag of AWS', { Tags: [{ Key: 'aws:a', Value: 'x' }] }, /AWS's own/],
    [
      'a tag twice',
      {
        Tags: [
          { Key: 'team', Value: 'x' },
          { Key: 'Team', Value: 'y' },
        ],
      },
      /Duplicate tag keys/,
    ],
    ['a transitive tag that is none', { TransitiveTagKeys: ['team'] }, /must be included in the requested tags/],
  ])('refuses %s', async (_, input, message) => {
    await expect(assume(sandbox, 'role_for_alice', input)).rejects.toMatchObject({
      name: expect.stringMatching(/^ValidationError/),
      message: expect.stringMatching(message),
    });
  });

  it('lets a role that may assume another, for an hour at most', async () => {
    const chain = await assume(sandbox, 'role_that_chains');
    await expect(assume(sandbox, 'role_for_alice', { DurationSeconds: 3_601 }, chain)).rejects.toThrow(
      /1 hour session limit for roles assumed by role chaining/,
    );
    const alice = await assume(
      sandbox,
      'role_for_alice',
      { DurationSeconds: 3_600, RoleSessionName: 'chained' },
      chain,
    );
    const identity = await stsClient(sandbox, alice).send(new GetCallerIdentityCommand());
    expect(identity.Arn).toBe('arn:aws:sts::123456789000:assumed-role/role_for_alice/chained');
  });

  it('takes session tags, and says how much of the room for them is used', async () => {
    const input = { RoleArn: roleArn('role_for_bob'), RoleSessionName: 'alice', Tags: tags(50) };
    const { PackedPolicySize } = await stsClient(sandbox).send(new AssumeRoleCommand(input));
    expect(PackedPolicySize).toBeGreaterThan(0);
    expect(PackedPolicySize).toBeLessThanOrEqual(100);
    const long = tags(50).map(({ Key }) => ({ Key, Value: randomBytes(100).toString('hex') }));
    await expect(assume(sandbox, 'role_for_bob', { Tags: long })).rejects.toMatchObject({
      name: expect.stringMatching(/^PackedPolicyTooLarge/),
      message: expect.stringMatching(/consumes \d{3,}% of allotted space/),
    });
  });

  it('holds a session to its session policy', async () => {
    const Policy = JSON.stringify({ Statement: { Effect: 'Allow', Action: 'dynamodb:List*', Resource: '*' } });
    const client = dynamoDbClient(sandbox, await assume(sandbox, 'ExampleTeleportDynamoDBRole', { Policy }));
    expect((await client.send(new ListTablesCommand())).TableNames).toEqual(['Music']);
    const put = new PutItemCommand({ TableName: 'Music', Item: { Artist: { S: 'x' }, SongTitle: { S: 'y' } } });
    await expect(client.send(put)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringMatching(/because no session policy allows the dynamodb:PutItem action$/),
    });
    await expect(assume(sandbox, 'role_for_bob', { Policy: '{"Statement":[]}' })).rejects.toMatchObject({
      name: expect.stringMatching(/^MalformedPolicyDocument/),
    });
  });

  it('holds a session to the managed policies that it was narrowed by', async () => {
    const readOnly = await assume(sandbox, 'ExampleTeleportDynamoDBRole', {
      PolicyArns: [{ arn: managed('ReadOnlyAccess') }],
    });
    const client = dynamoDbClient(sandbox, readOnly);
    expect((await client.send(new ListTablesCommand())).TableNames).toEqual(['Music']);
    const put = new PutItemCommand({ TableName: 'Music', Item: { Artist: { S: 'x' }, SongTitle: { S: 'y' } } });
    await expect(client.send(put)).rejects.toThrow(/no session policy allows the dynamodb:PutItem/);
    const chained = assume(sandbox, 'role_chain_first', {}, readOnly);
    await expect(chained).rejects.toThrow(/no session policy allows the sts:AssumeRole/);
  });
});

describe('a chain of roles', () => {
  const inTurn = ['ExampleTeleportDynamoDBRole', 'role_chain_first', 'role_chain_second', 'role_chain_third'];

  it('leads from one to the next, and no other way', async () => {
    let caller: Credentials | undefined;
    for (const role of inTurn) caller = await assume(sandbox, role, { RoleSessionName: 'chained' }, caller);
    const identity = await stsClient(sandbox, caller).send(new GetCallerIdentityCommand());
    expect(identity.Arn).toBe('arn:aws:sts::123456789000:assumed-role/role_chain_third/chained');
    expect((await dynamoDbClient(sandbox, caller as Credentials).send(new ListTablesCommand())).TableNames).toEqual([
      'Music',
    ]);
    const first = await assume(sandbox, 'role_chain_first');
    for (const role of ['role_chain_third', 'role_for_bob']) {
      await expect(assume(sandbox, role, {}, first)).rejects.toMatchObject({ name: 'AccessDenied' });
    }
    await expect(assume(sandbox, 'role_chain_third')).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(dynamoDbClient(sandbox, first).send(new ListTablesCommand())).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  it('lasts an hour a link, however long the role might', async () => {
    const first = await assume(sandbox, 'role_chain_first');
    const second = await assume(sandbox, 'role_chain_second', {}, first);
    const asked = { RoleArn: roleArn('role_chain_third'), RoleSessionName: 'alice' };
    const longer = new AssumeRoleCommand({ ...asked, DurationSeconds: 7200 });
    await expect(stsClient(sandbox, second).send(longer)).rejects.toThrow(/1 hour session limit/);
    const { Credentials: third } = await stsClient(sandbox, second).send(new AssumeRoleCommand(asked));
    expect(third?.Expiration?.getTime()).toBeLessThanOrEqual(Date.now() + 3_600_000);
  });

  it('keeps its source identity, which nobody can change', async () => {
    const first = await assume(sandbox, 'role_chain_first', { SourceIdentity: 'alice@example.com' });
    const asked = { RoleArn: roleArn('role_chain_second'), RoleSessionName: 'alice' };
    const client = stsClient(sandbox, first);
    expect(await client.send(new AssumeRoleCommand(asked))).toMatchObject({ SourceIdentity: 'alice@example.com' });
    const same = new AssumeRoleCommand({ ...asked, SourceIdentity: 'alice@example.com' });
    expect(await client.send(same)).toMatchObject({ SourceIdentity: 'alice@example.com' });
    const other = new AssumeRoleCommand({ ...asked, SourceIdentity: 'bob@example.com' });
    await expect(client.send(other)).rejects.toThrow(/source identity of a chain of roles cannot be changed/);
  });

  it('hands on its transitive tags, which nobody can change either', async () => {
    const first = await assume(sandbox, 'role_chain_first', {
      Tags: [
        { Key: 'team', Value: 'shop' },
        { Key: 'stage', Value: 'demo' },
      ],
      TransitiveTagKeys: ['team'],
    });
    const second = await assume(sandbox, 'role_chain_second', { Tags: [{ Key: 'stage', Value: 'prod' }] }, first);
    const Tags = [{ Key: 'Team', Value: 'other' }];
    await expect(assume(sandbox, 'role_chain_third', { Tags }, second)).rejects.toThrow(
      /conflicts with a transitive tag key from the calling session: Team/,
    );
  });
});

describe('GetSessionToken', () => {
  it('gives a user temporary keys for itself', async () => {
    const { Credentials: keys } = await stsClient(sandbox).send(new GetSessionTokenCommand({ DurationSeconds: 900 }));
    const session = {
      accessKeyId: keys?.AccessKeyId ?? '',
      secretAccessKey: keys?.SecretAccessKey ?? '',
      sessionToken: keys?.SessionToken ?? '',
    };
    expect(await stsClient(sandbox, session).send(new GetCallerIdentityCommand())).toMatchObject({ Arn: service });
    // It is no chain yet: the role may be had for as long as it allows.
    const input = { DurationSeconds: 7200 };
    expect(await assume(sandbox, 'ExampleTeleportDynamoDBRole', input, session)).toBeDefined();
    await expect(stsClient(sandbox, session).send(new GetSessionTokenCommand())).rejects.toMatchObject({
      name: 'AccessDenied',
      message: 'Cannot call GetSessionToken with session credentials',
    });
    const tooLong = stsClient(sandbox).send(new GetSessionTokenCommand({ DurationSeconds: 129_601 }));
    await expect(tooLong).rejects.toThrow(/less than or equal to 129600/);
  });
});

describe('GetFederationToken', () => {
  it('gives somebody else what the user may and the policies allow', async () => {
    const Policy = JSON.stringify({ Statement: { Effect: 'Allow', Action: 'sts:*', Resource: '*' } });
    const command = new GetFederationTokenCommand({ Name: 'carol', Policy, DurationSeconds: 900 });
    const { Credentials: keys, FederatedUser: user, PackedPolicySize } = await stsClient(sandbox).send(command);
    expect(user).toEqual({
      Arn: 'arn:aws:sts::123456789000:federated-user/carol',
      FederatedUserId: '123456789000:carol',
    });
    expect(PackedPolicySize).toBeGreaterThan(0);
    const carol = {
      accessKeyId: keys?.AccessKeyId ?? '',
      secretAccessKey: keys?.SecretAccessKey ?? '',
      sessionToken: keys?.SessionToken ?? '',
    };
    expect(await stsClient(sandbox, carol).send(new GetCallerIdentityCommand())).toMatchObject({ Arn: user?.Arn });
    await expect(assume(sandbox, 'role_for_bob', {}, carol)).rejects.toThrow(/federated user/);
    await expect(dynamoDbClient(sandbox, carol).send(new ListTablesCommand())).rejects.toThrow(/not authorized/);
  });
});

describe('other actions', () => {
  it('are refused in STS’s own shape', async () => {
    const alice = await assume(sandbox, 'role_for_alice');
    await expect(stsClient(sandbox, alice).send(new GetSessionTokenCommand())).rejects.toMatchObject({
      name: 'AccessDenied',
      message: 'Cannot call GetSessionToken with session credentials',
    });
    await expect(
      stsClient(sandbox, alice).send(new GetFederationTokenCommand({ Name: 'alice' })),
    ).rejects.toMatchObject({
      name: 'AccessDenied',
      message: 'Cannot call GetFederationToken with session credentials',
    });
    const unknown = { method: 'GET', target: '/?Action=%3CScript%3E', headers: [], body: '' };
    const origin = sandbox.endpoints.sts;
    const reply = await sendRaw(origin, signed(origin, unknown, { service: 'sts', keys: sandbox.serviceCredentials }));
    expect(reply.status).toBe(400);
    expect(reply.body).toContain('<Code>InvalidAction</Code>');
    expect(reply.body).toContain('Could not find operation &lt;Script&gt;');
  });
});
