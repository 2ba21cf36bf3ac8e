import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { Agent, request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import type { CreateBucketCommandInput } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { HttpsProxyAgent } from 'https-proxy-agent';
import type { GatewayMode } from '../../src-shared/contracts/gateway.ts';

/** How a client of the AWS SDK for JavaScript is pointed at the gateway, which that SDK does not read from the environment. */
export function sdkConfig(mode: GatewayMode, url: string, env: NodeJS.ProcessEnv) {
  const ca = readFileSync(env['AWS_CA_BUNDLE'] ?? '');
  const proxyAgent = new HttpsProxyAgent(url, { keepAlive: true });
  // The proxy agent makes the connection inside the tunnel with the options of the request.
  const httpsAgent =
    mode === 'proxy' ? Object.assign(proxyAgent, { options: { ...proxyAgent.options, ca } }) : new Agent({ ca });
  return {
    region: 'us-east-1',
    credentials: {
      accessKeyId: env['AWS_ACCESS_KEY_ID'] ?? '',
      secretAccessKey: env['AWS_SECRET_ACCESS_KEY'] ?? '',
      // As tools do that cannot leave the field empty.
      sessionToken: 'dummy',
    },
    httpsAgent,
    requestHandler: new NodeHttpHandler({ httpsAgent }),
    ...(mode === 'endpoint' && { endpoint: url }),
  };
}

/** What makes a directory bucket, which is used with sessions of its own (S3 Express One Zone). */
export function directoryBucket(name: string): CreateBucketCommandInput {
  return {
    Bucket: name,
    CreateBucketConfiguration: {
      Location: { Type: 'AvailabilityZone', Name: 'use1-az4' },
      Bucket: { Type: 'Directory', DataRedundancy: 'SingleAvailabilityZone' },
    },
  };
}

/** Fetches a (presigned) URL through the gateway. */
export async function fetched(url: URL, agent: Agent): Promise<{ status: number | undefined; text: string }> {
  const request = httpsRequest(url, { agent }).end();
  const [reply] = (await once(request, 'response')) as [IncomingMessage];
  return { status: reply.statusCode, text: await text(reply) };
}
