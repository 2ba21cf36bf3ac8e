import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Header } from '../contracts/aws-call.ts';
import { readAuthorization } from '../sigv4/verify.ts';
import { awsErrorReply } from './error-shape.ts';
import { protocolOf } from './protocol.ts';
import { installedBotocores } from './testing/botocore.ts';

const botocores = installedBotocores();
const message = 'Your role does not allow this. Ask "the admins" & wait.';

describe.skipIf(botocores.length === 0)('botocore shows our reason as it shows AWS’s', () => {
  let server: Server;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const headers = Object.entries(request.headers).map(([name, value]): Header => [name, String(value)]);
      const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
      const read = readAuthorization(headers, query);
      const service = read.ok ? read.authorization.scope.service : undefined;
      const protocol = protocolOf(service, { method: request.method ?? '', path, query, headers });
      const reply = awsErrorReply(protocol, { refusal: 'access_denied', message, requestId: 'r-1' });
      request.resume();
      request.on('end', () => response.writeHead(reply.status, reply.headers.flat()).end(reply.body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => server.close());

  it.each(botocores.map((botocore) => [botocore.version, botocore] as const))(
    'version %s, for every protocol',
    async (_, botocore) => {
      const { port } = server.address() as AddressInfo;
      const shown = Object.entries(await botocore.errors(`http://127.0.0.1:${port}`));
      expect(shown.length).toBeGreaterThan(10);
      for (const [call, error] of shown) {
        expect([call, ...error]).toEqual([call, expect.stringMatching(/^AccessDenied(Exception)?$/), message]);
      }
    },
    60_000,
  );
});
