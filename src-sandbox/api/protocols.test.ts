import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Header } from '../../src-shared/contracts/aws-call.ts';
import { presignQuery } from '../../src-shared/sigv4/sign.ts';
import { emptyHash } from '../../src-shared/sigv4/signing-key.ts';
import { type RawRequest, type Signing, sendRaw, signed } from '../testing/raw-request.ts';
import { assume, type Credentials, startTestSandbox, type TestSandbox } from '../testing/test-sandbox.ts';

/** A service of each of AWS's protocols, as they are on the wire, and presigned requests to any of them. */

let sandbox: TestSandbox;
let clock = 0;
let example: Credentials;
let bob: Credentials;
beforeAll(async () => {
  sandbox = await startTestSandbox({ now: () => Date.now() + clock });
  example = await assume(sandbox, 'ExampleTeleportDynamoDBRole');
  bob = await assume(sandbox, 'role_for_bob');
});
afterAll(() => sandbox.remove());

function send(service: string, request: Partial<RawRequest>, signing: Partial<Signing> = {}) {
  const origin = sandbox.endpoints.sts;
  const whole = { method: 'GET', target: '/', headers: [], body: '', ...request };
  return sendRaw(origin, signed(origin, whole, { service, keys: example, ...signing }));
}

const form = (body: string): Partial<RawRequest> => ({
  method: 'POST',
  headers: [['Content-Type', 'application/x-www-form-urlencoded; charset=utf-8']],
  body,
});

describe('IAM (query protocol, one endpoint for all regions)', () => {
  it('lists roles, page by page', async () => {
    const first = (await send('iam', form('Action=ListRoles&Version=2010-05-08&MaxItems=3'))).body;
    expect(first).toContain('<ListRolesResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">');
    expect(first).toContain('<IsTruncated>true</IsTruncated>');
    expect(first.match(/<RoleName>/g)).toHaveLength(3);
    const marker = /<Marker>(.+)<\/Marker>/.exec(first)?.[1] ?? '';
    const rest = (await send('iam', form(`Action=ListRoles&Version=2010-05-08&Marker=${marker}`))).body;
    expect(rest.match(/<RoleName>/g)).toHaveLength(6);
    expect(rest).toContain('<IsTruncated>false</IsTruncated>');
    const elsewhere = (await send('iam', form('Action=ListRoles&PathPrefix=/service-role/'))).body;
    expect(elsewhere).not.toContain('<RoleName>');
  });

  it('describes a role, with its trust policy', async () => {
    const reply = await send('iam', { target: '/?Action=GetRole&RoleName=role_with_external_id' });
    expect(reply.status).toBe(200);
    const policy = /<AssumeRolePolicyDocument>(.+)<\/AssumeRolePolicyDocument>/.exec(reply.body)?.[1] ?? '';
    expect(JSON.parse(decodeURIComponent(policy)).Statement[0].Condition).toEqual({
      StringEquals: { 'sts:ExternalId': 'rolegate-sandbox' },
    });
  });

  it.each([
    ['a role that is not there', 'Action=GetRole&RoleName=nobody', {}, 404, 'NoSuchEntity'],
    ['an action that it does not have', 'Action=CreateUser', {}, 400, 'InvalidAction'],
    ['a page that is too long', 'Action=ListRoles&MaxItems=1001', {}, 400, 'ValidationError'],
    ['another region', 'Action=ListRoles', { region: 'ca-central-1' }, 403, 'SignatureDoesNotMatch'],
  ])('refuses %s', async (_, body, signing, status, code) => {
    const expected = { status, body: expect.stringContaining(`<Code>${code}</Code>`) };
    expect(await send('iam', form(body), signing)).toMatchObject(expected);
  });

  it('refuses those who may not', async () => {
    expect(await send('iam', form('Action=ListRoles'), { keys: bob })).toMatchObject({
      status: 403,
      body: expect.stringMatching(/<Type>Sender<\/Type><Code>AccessDenied<\/Code>.*iam:ListRoles/),
    });
  });
});

describe('EC2 (a protocol of its own)', () => {
  it('describes regions', async () => {
    const all = await send('ec2', form('Action=DescribeRegions&Version=2016-11-15'));
    expect(all.body).toContain('<regionEndpoint>ec2.ca-central-1.amazonaws.com</regionEndpoint>');
    const filter = 'Filter.1.Name=region-name&Filter.1.Value.1=us-east-1&Filter.1.Value.2=moon-north-1';
    const one = await send('ec2', form(`Action=DescribeRegions&Version=2016-11-15&${filter}`));
    expect(one.body.match(/<item>/g)).toHaveLength(1);
  });

  it.each([
    ['an action that it does not have', 'Action=RunInstances', {}, 400, 'InvalidAction'],
    ['a region that is none', 'Action=DescribeRegions&RegionName.1=moon-north-1', {}, 400, 'InvalidParameterValue'],
    ['a filter that is none', 'Action=DescribeRegions&Filter.1.Name=toString', {}, 400, 'InvalidParameterValue'],
    ['what was only tried', 'Action=DescribeRegions&DryRun=true', {}, 412, 'DryRunOperation'],
  ])('refuses %s', async (_, body, signing, status, code) => {
    const text = `<Response><Errors><Error><Code>${code}</Code>`;
    expect(await send('ec2', form(body), signing)).toMatchObject({ status, body: expect.stringContaining(text) });
  });

  it('refuses those who may not', async () => {
    expect(await send('ec2', form('Action=DescribeRegions'), { keys: bob })).toMatchObject({
      status: 403,
      body: expect.stringContaining('<Code>UnauthorizedOperation</Code>'),
    });
  });
});

describe('Lambda (REST and JSON)', () => {
  const path = '/2015-03-31/functions';
  const invoke = (name: string, body: string, headers: readonly Header[] = [], signing = {}) =>
    send('lambda', { method: 'POST', target: `${path}/${name}/invocations`, headers, body }, signing);

  it('lists functions', async () => {
    const { Functions } = JSON.parse((await send('lambda', { target: `${path}/` })).body);
    expect(Functions.map(({ FunctionArn }: { FunctionArn: string }) => FunctionArn)).toEqual([
      'arn:aws:lambda:us-east-1:123456789000:function:echo',
      'arn:aws:lambda:us-east-1:123456789000:function:fail',
    ]);
    const page = JSON.parse((await send('lambda', { target: `${path}?MaxItems=1` })).body);
    expect(page.Functions).toHaveLength(1);
    const next = JSON.parse((await send('lambda', { target: `${path}?Marker=${page.NextMarker}` })).body);
    expect(next.Functions).toMatchObject([{ FunctionName: 'fail' }]);
  });

  it('invokes one, by name or ARN', async () => {
    for (const name of ['echo', encodeURIComponent('arn:aws:lambda:us-east-1:123456789000:function:echo')]) {
      const reply = await invoke(name, '{"question":["é",1]}');
      expect(reply).toMatchObject({ status: 200, headers: { 'x-amz-executed-version': '$LATEST' } });
      expect(JSON.parse(reply.body)).toEqual({ question: ['é', 1] });
    }
    const failed = await invoke('fail', '{}');
    expect(failed).toMatchObject({ status: 200, headers: { 'x-amz-function-error': 'Unhandled' } });
    expect(JSON.parse(failed.body)).toEqual({ errorType: 'Error', errorMessage: 'This function always fails.' });
    expect((await invoke('echo', '{}', [['X-Amz-Invocation-Type', 'Event']])).status).toBe(202);
    expect((await invoke('echo', '{}', [['X-Amz-Invocation-Type', 'DryRun']])).status).toBe(204);
  });

  it.each([
    ['a function that is not there', 'nobody', '{}', {}, 404, 'ResourceNotFoundException'],
    ['an event that is no JSON', 'echo', '{', {}, 400, 'InvalidRequestContentException'],
    ['an event that is too long', 'echo', `"${'x'.repeat(6_300_000)}"`, {}, 413, 'RequestTooLargeException'],
  ])('refuses %s', async (_, name, body, signing, status, code) => {
    const expected = { status, headers: { 'x-amzn-errortype': code } };
    expect(await invoke(name, body, [], signing)).toMatchObject(expected);
  });

  it('refuses those who may not, and what it does not have', async () => {
    const denied = { status: 403, headers: { 'x-amzn-errortype': 'AccessDeniedException' } };
    expect(await invoke('echo', '{}', [], { keys: bob })).toMatchObject(denied);
    expect(await send('lambda', { target: '/2015-03-31/layers' })).toMatchObject({ status: 404 });
  });
});

describe('a presigned request to any service', () => {
  function presigned(service: string, target: string, keys: Credentials, expires = 60) {
    const [path = '/', query = ''] = target.split('?');
    const headers: Header[] = [['Host', new URL(sandbox.endpoints.sts).host]];
    const scope = { service, region: 'us-east-1', time: Date.now(), payloadHash: emptyHash, signedHeaders: [] };
    const full = presignQuery({ method: 'GET', path, query, headers }, scope, keys, expires);
    return sendRaw(sandbox.endpoints.sts, { method: 'GET', target: `${path}?${full}`, headers, body: '' });
  }

  it.each([
    ['sts', '/?Action=GetCallerIdentity&Version=2011-06-15', 'assumed-role/ExampleTeleportDynamoDBRole/alice'],
    ['iam', '/?Action=ListRoles&Version=2010-05-08', '<RoleName>role_for_bob</RoleName>'],
    ['ec2', '/?Action=DescribeRegions&Version=2016-11-15', '<regionName>us-east-1</regionName>'],
    ['lambda', '/2015-03-31/functions?MaxItems=10', '"FunctionName":"echo"'],
  ])('is answered: %s', async (service, target, text) => {
    expect(await presigned(service, target, example)).toMatchObject({
      status: 200,
      body: expect.stringContaining(text),
    });
  });

  it('is refused with other keys, without its token, and when it is too old', async () => {
    const identity = '/?Action=GetCallerIdentity&Version=2011-06-15';
    const forged = { ...example, secretAccessKey: 'x'.repeat(40) };
    expect((await presigned('sts', identity, forged)).body).toContain('<Code>SignatureDoesNotMatch</Code>');
    const { sessionToken, ...withoutToken } = example;
    const bare = withoutToken as Credentials;
    expect((await presigned('sts', identity, bare)).body).toContain('<Code>InvalidClientTokenId</Code>');
    clock = 62_000;
    try {
      expect((await presigned('sts', identity, example, 1)).body).toContain('Request has expired');
    } finally {
      clock = 0;
    }
  });
});

it('nothing of this was a fault of the sandbox', () => {
  expect(sandbox.faults).toEqual([]);
});
