import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:tls';
import { selfMadeCertificate } from '../../src-service/http/certificate.ts';

/** A listener between a client and an app-service that keeps, decrypted, every byte that the service sends. */
export interface Recorder {
  port: number;
  /** For the client to trust it by. */
  caFile: string;
  /** All that the service has sent. */
  sent(): Buffer;
  close(): void;
}

export async function startRecorder(folder: string, service: { port: number; caFile: string }): Promise<Recorder> {
  const { caFile, ...tls } = await selfMadeCertificate(folder, { ip: ['127.0.0.1'] }, Date.now());
  const ca = readFileSync(service.caFile);
  const chunks: Buffer[] = [];
  const server = createServer(tls, (client) => {
    const upstream = connect({ port: service.port, host: '127.0.0.1', ca });
    upstream.on('data', (chunk: Buffer) => chunks.push(chunk));
    client.pipe(upstream).pipe(client);
    client.on('error', () => upstream.destroy());
    upstream.on('error', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    caFile,
    sent: () => Buffer.concat(chunks),
    close: () => void server.close(),
  };
}
