import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSandboxService } from '../../src-main/service-client/in-process-sandbox.ts';
import { startSandbox } from '../../src-sandbox/sandbox.ts';
import { selfMadeCertificate } from '../../src-service/http/certificate.ts';
import { startServiceServer } from '../../src-service/http/server.ts';
import { preparedDir } from '../integration/prepared-data.ts';

/**
 * An app-service as a process of its own, which tells its parent every secret that STS hands to it: between the
 * service and the sandbox's STS stands a listener that reads along.
 */
const [folder = ''] = process.argv.slice(2);
const sandbox = await startSandbox({ stateDir: `${folder}/aws`, preparedDir });
const secrets: string[] = [sandbox.serviceCredentials.secretAccessKey];

const listener = createServer((request, response) => {
  const onward = httpRequest(
    sandbox.endpoints.sts + request.url,
    { method: request.method, headers: request.headers },
    (reply) => {
      let text = '';
      reply.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      reply.on('end', () => {
        for (const [, , secret = ''] of text.matchAll(/<(AccessKeyId|SecretAccessKey|SessionToken)>([^<]+)</g))
          secrets.push(secret);
        response.writeHead(reply.statusCode ?? 500, { 'content-type': 'text/xml' });
        response.end(text);
      });
    },
  );
  request.pipe(onward);
});
await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
const sts = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;

const service = await createSandboxService(
  { ...sandbox, endpoints: { ...sandbox.endpoints, sts } },
  { stateDir: `${folder}/service`, version: '0.1.0' },
);
const { caFile, ...tls } = await selfMadeCertificate(folder, { ip: ['127.0.0.1'] }, Date.now());
const server = await startServiceServer({ service, tls, port: 0 });

process.on('message', () => process.send?.({ secrets }));
process.send?.({ port: server.port, caFile });
