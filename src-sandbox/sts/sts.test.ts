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
      'managed session policies',
      { PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }] },
      /PolicyArns is not in this sandbox/,
    ],
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

  it('takes session tags and a source identity', async () => {
    const input = { Tags: [{ Key: 'user', Value: 'alice' }], SourceIdentity: 'alice' };
    const command = new AssumeRoleCommand({ RoleArn: roleArn('role_for_bob'), RoleSessionName: 'alice', ...input });
    expect(await stsClient(sandbox).send(command)).toMatchObject({ SourceIdentity: 'alice' });
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
});

describe('other actions', () => {
  it('are refused in STS’s own shape', async () => {
    const alice = await assume(sandbox, 'role_for_alice');
    await expect(stsClient(sandbox, alice).send(new GetSessionTokenCommand())).rejects.toMatchObject({
      name: 'AccessDenied',
      message: 'Cannot call GetSessionToken with session credentials',
    });
    await expect(stsClient(sandbox).send(new GetFederationTokenCommand({ Name: 'alice' }))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringMatching(/^GetFederationToken is not in this sandbox/),
    });
    const unknown = { method: 'GET', target: '/?Action=%3CScript%3E', headers: [], body: '' };
    const origin = sandbox.endpoints.sts;
    const reply = await sendRaw(origin, signed(origin, unknown, { service: 'sts', keys: sandbox.serviceCredentials }));
    expect(reply.status).toBe(400);
    expect(reply.body).toContain('<Code>InvalidAction</Code>');
    expect(reply.body).toContain('Could not find operation &lt;Script&gt;');
  });
});
