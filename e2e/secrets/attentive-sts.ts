import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A listener between an app-service and its STS that keeps every key id, secret and token that STS hands out. */
export interface AttentiveSts {
  origin: string;
  secrets: string[];
  close(): void;
}

/** @param sts the origin of the STS itself */
export async function startAttentiveSts(sts: string): Promise<AttentiveSts> {
  const secrets: string[] = [];
  const listener = createServer((request, response) => {
    const onward = httpRequest(sts + request.url, { method: request.method, headers: request.headers }, (reply) => {
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
    });
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  return { origin, secrets, close: () => void listener.close() };
}
