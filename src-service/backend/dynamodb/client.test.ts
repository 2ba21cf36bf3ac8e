import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { outboundThrough } from '../../../src-shared/outbound/outbound.ts';
import { dynamoDbClient, operatorError } from './client.ts';

const credentials = async () => ({ accessKeyId: 'AKIATEST', secretAccessKey: 'secret' });

describe('the client of the store', () => {
  it.each([
    ['eu-west-1', 'dynamodb.eu-west-1.amazonaws.com'],
    ['cn-north-1', 'dynamodb.cn-north-1.amazonaws.com.cn'],
    ['us-gov-west-1', 'dynamodb.us-gov-west-1.amazonaws.com'],
  ])('asks AWS’s own address in %s', async (region, hostname) => {
    const client = await dynamoDbClient({ table: 'rolegate', region, credentials });
    expect(await client.config.endpoint?.()).toMatchObject({ protocol: 'https:', hostname });
    client.destroy();
  });

  it('refuses what is no region', async () => {
    await expect(dynamoDbClient({ table: 'rolegate', region: 'mars-1', credentials })).rejects.toThrow(
      '"mars-1" is not an AWS region that Rolegate knows.',
    );
  });

  it('goes through the proxy of its network', async () => {
    const asked: string[] = [];
    const proxy = createServer().on('connect', ({ url = '' }, socket) => {
      asked.push(url);
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const outbound = outboundThrough({ url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` });
    const client = await dynamoDbClient({ table: 'rolegate', region: 'eu-west-1', credentials, outbound });
    await expect(client.send(new ListTablesCommand({}))).rejects.toThrow();
    expect(asked[0]).toBe('dynamodb.eu-west-1.amazonaws.com:443');
    client.destroy();
    proxy.close();
  });
});

describe('what is wrong with the table, for the operator', () => {
  const store = { table: 'rolegate', region: 'eu-west-1', credentials };
  const thrown = (name: string, message = '', code?: string) => Object.assign(new Error(message), { name, code });

  it.each([
    [thrown('CredentialsProviderError'), 'There are no AWS credentials'],
    [thrown('Error', 'connect', 'ECONNREFUSED'), 'DynamoDB in eu-west-1 cannot be reached.'],
    [thrown('ResourceNotFoundException'), 'There is no table rolegate in eu-west-1.'],
    [thrown('AccessDeniedException', 'User: x is not authorized'), 'AWS refuses: User: x is not authorized'],
  ])('%s', (error, message) => {
    expect(operatorError(error, store).message).toContain(message);
  });
});
