import { createServer } from 'node:http';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { requireRoleArn } from '../src-shared/aws/arn.ts';
import { startSandbox } from './sandbox.ts';
import { assume, startTestSandbox, type TestSandbox } from './testing/test-sandbox.ts';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.remove());

interface Document {
  kind: string;
  metadata: { name: string };
  spec: { traits?: { aws_role_arns: string[] }; allow?: Record<string, unknown> };
}

function documents(): Document[] {
  return sandbox.resources.flatMap(({ text }) =>
    parseAllDocuments(text).map((document) => document.toJS() as Document),
  );
}

describe('a sandbox', () => {
  it('answers for all of its services at one address of the loopback interface', () => {
    const origin = sandbox.consoleOrigin;
    expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(sandbox.endpoints).toEqual({ sts: origin, dynamodb: origin, s3: origin, signin: origin });
    expect(sandbox.region).toBe('us-east-1');
  });

  it('is not to be reached at other addresses of this machine', async () => {
    const port = new URL(sandbox.consoleOrigin).port;
    const others = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter(({ family, address }) => family === 'IPv4' && address !== '127.0.0.1')
      .map(({ address }) => address);
    // The second one is this machine too, wherever all of 127/8 is.
    for (const address of [...others, '127.0.0.2']) await expect(fetch(`http://${address}:${port}/`)).rejects.toThrow();
  });

  it('has keys of its own at every start', async () => {
    const other = await startSandbox({
      stateDir: `${sandbox.stateDir}-2`,
      preparedDir: sandbox.preparedDir,
      engine: sandbox.engine,
    });
    try {
      expect(other.serviceCredentials.accessKeyId).not.toBe(sandbox.serviceCredentials.accessKeyId);
      const strangers = { ...other, serviceCredentials: sandbox.serviceCredentials };
      await expect(assume(strangers, 'role_for_bob')).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
    } finally {
      await other.close();
    }
  });

  it('says so when its port is taken', async () => {
    const taken = Number(new URL(sandbox.consoleOrigin).port);
    const folders = { stateDir: `${sandbox.stateDir}-3`, preparedDir: sandbox.preparedDir };
    await expect(startSandbox({ ...folders, engine: sandbox.engine, port: taken })).rejects.toMatchObject({
      code: 'conflict',
      message: `Port ${taken} of 127.0.0.1 is taken by another program.`,
    });
  });

  it('listens at the port it is given, and lets it go when it closes', async () => {
    const probe = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => probe.once('listening', resolve));
    const address = probe.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await new Promise((resolve) => probe.close(resolve));
    const folders = { stateDir: `${sandbox.stateDir}-4`, preparedDir: sandbox.preparedDir };
    const other = await startSandbox({ ...folders, engine: sandbox.engine, port });
    expect(other.consoleOrigin).toBe(`http://127.0.0.1:${port}`);
    await other.close();
    await expect(fetch(other.consoleOrigin)).rejects.toThrow();
  });
});

describe('the example’s resources', () => {
  it('are one role and two users, whose passwords are given', () => {
    expect(documents().map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'role aws-dynamodb-access',
      'user alice',
      'user bob',
    ]);
    expect(sandbox.users.map(({ user }) => user)).toEqual(['alice', 'bob']);
    expect(documents()[0]?.spec.allow).toEqual({
      app_labels: { '*': '*' },
      aws_role_arns: ['{{internal.aws_role_arns}}'],
    });
  });

  it('name roles that the sandbox has and that its service may assume', async () => {
    const arns = documents().flatMap(({ spec }) => spec.traits?.aws_role_arns ?? []);
    expect(arns).toEqual([
      'arn:aws:iam::123456789000:role/ExampleTeleportDynamoDBRole',
      'arn:aws:iam::123456789000:role/role_for_alice',
      'arn:aws:iam::123456789000:role/role_for_bob',
    ]);
    for (const arn of arns) expect(await assume(sandbox, requireRoleArn(arn).name)).toBeDefined();
  });
});
