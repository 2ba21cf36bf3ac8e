import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A listener between an app-service and its AWS that keeps every key id, secret and token that AWS hands out. */
export interface AttentiveAws {
  origin: string;
  secrets: string[];
  close(): void;
}

/** @param aws the origin of the AWS itself: its STS, and S3, which hands out keys for sessions with directory buckets */
export async function startAttentiveAws(aws: string): Promise<AttentiveAws> {
  const secrets: string[] = [];
  const listener = createServer((request, response) => {
    const { method, rawHeaders: headers } = request;
    const onward = httpRequest(aws + request.url, { method, headers }, (reply) => {
      response.writeHead(reply.statusCode ?? 500, reply.rawHeaders);
      reply.pipe(response);
      if (!reply.headers['content-type']?.includes('xml')) return;
      let text = '';
      reply.on('data', (chunk: Buffer) => {
        text += chunk.toString('latin1');
      });
      reply.on('end', () => {
        for (const [, , secret = ''] of text.matchAll(/<(AccessKeyId|SecretAccessKey|SessionToken)>([^<]+)</g))
          secrets.push(secret);
      });
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  return { origin, secrets, close: () => void listener.close() };
}
