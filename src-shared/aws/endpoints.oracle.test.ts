import { beforeAll, describe, expect, it } from 'vitest';
import type { Header } from '../contracts/aws-call.ts';
import { endpointHost } from './endpoints.ts';
import { hostServes } from './host-services.ts';
import { parseAwsHost } from './hosts.ts';
import { partitions } from './partitions.ts';
import { serviceById } from './services.ts';
import {
  installedBotocores,
  type OperationRequest,
  type ServiceEndpoints,
  type ServiceOperations,
} from './testing/botocore.ts';

const botocores = installedBotocores();
/** Every region of the small partitions; of the large one, those that rules speak of, and an ordinary one. */
const regions = [
  'us-west-2',
  'eu-west-1',
  ...partitions.flatMap(({ id, regions, implicitRegion }) => (id === 'aws' ? [implicitRegion] : regions)),
];
/** S3 has rules of its own; `endpoints.test.ts` has its cases. */
const s3Family = new Set(['s3', 's3control', 's3outposts']);

const hostOf = (signingName: string, region: string, request: OperationRequest, headers: Header[] = []) => {
  const endpoint = endpointHost(signingName, region, { ...request, headers: [...request.headers, ...headers] });
  return endpoint.ok ? endpoint.host : endpoint.reason;
};

/** What we say of an operation that botocore sends there. */
function expected(service: string, { target }: OperationRequest): string {
  const isOurs = target !== null && !target.includes('{}') && serviceById(service)?.proxyOnly === undefined;
  return isOurs ? target : 'proxy_only';
}

describe.skipIf(!botocores.some(({ is }) => is === 'same'))('the botocore that the data were made from', () => {
  const botocore = botocores.find(({ is }) => is === 'same');
  let endpoints: Record<string, ServiceEndpoints>;
  let operations: Record<string, ServiceOperations>;
  beforeAll(async () => {
    endpoints = (await botocore?.endpoints(regions)) ?? {};
    operations = (await botocore?.operations()) ?? {};
  });

  it('sends every service to the same host, in every partition, and signs for the same region', () => {
    const differing: unknown[] = [];
    for (const [id, { signingName, hosts }] of Object.entries(endpoints)) {
      if (s3Family.has(id) || serviceById(id)?.proxyOnly) continue;
      for (const [region, [plain]] of Object.entries(hosts)) {
        const headers: Header[] = [['User-Agent', `api/${id}#1`]];
        const ours = endpointHost(signingName, region, { method: 'OPTIONS', path: '/none', query: '', headers });
        const isSame = ours.ok && ours.region === plain?.[1] && withoutPrefix(ours.host) === withoutPrefix(plain[0]);
        if (plain && !isSame) differing.push([id, region, plain, ours]);
      }
    }
    expect(differing).toEqual([]);
  });

  it('names no host, plain, FIPS or dual-stack, that does not take its signing name', () => {
    const refused: unknown[] = [];
    for (const [id, { signingName, hosts }] of Object.entries(endpoints)) {
      if (serviceById(id)?.proxyOnly === 'resource') continue;
      for (const [host] of Object.values(hosts)
        .flat()
        .filter((variant) => variant !== null)) {
        const parsed = parseAwsHost(host);
        if (!parsed || !hostServes(parsed, signingName)) refused.push([id, host]);
      }
    }
    expect(refused).toEqual([]);
  });

  it('sends every operation to the same host, when the user agent names the service', () => {
    const differing = Object.entries(operations).flatMap(([id, { signingName, requests }]) =>
      s3Family.has(id)
        ? []
        : Object.entries(requests).flatMap(([operation, request]) => {
            const ours = hostOf(signingName, 'us-east-1', request, [['User-Agent', `api/${id}#1`]]);
            return ours === expected(id, request) ? [] : [`${id} ${operation}: ${ours}, not ${request.target}`];
          }),
    );
    expect(differing).toEqual([]);
  });

  it('sends but these to the same host without a user agent', () => {
    const differing = new Map<string, string[]>();
    for (const [id, { signingName, requests }] of Object.entries(operations)) {
      for (const [operation, request] of s3Family.has(id) ? [] : Object.entries(requests)) {
        if (hostOf(signingName, 'us-east-1', request) === expected(id, request)) continue;
        differing.set(id, [...(differing.get(id) ?? []), operation]);
      }
    }
    const tags = ['ListTagsForResource', 'TagResource', 'UntagResource'];
    expect(Object.fromEntries(differing)).toEqual({
      'bedrock-agent-runtime': ['InvokeInlineAgent', ...tags],
      'bedrock-data-automation': tags,
      'chime-sdk-media-pipelines': tags,
      'chime-sdk-meetings': tags,
      'chime-sdk-messaging': tags,
      'chime-sdk-voice': expect.arrayContaining(['CreatePhoneNumberOrder', ...tags]),
      'ivs-realtime': tags,
      'lex-models': ['DeleteBot', 'GetImport', 'ListTagsForResource', 'StartImport', 'TagResource', 'UntagResource'],
    });
  });
});

const older = botocores.find(({ is }) => is === 'older');

/** Services that AWS has moved to other hosts since, and those that it has closed. */
const movedSince = new Set([
  // Its parts have become services with hosts of their own.
  'chime',
  'health',
  'location',
  'resource-explorer-2',
  'route53-recovery-control-config',
]);

describe.skipIf(!older)(`an older botocore (${older?.version})`, () => {
  it('sends every service that is still there to a host that we know, and most to the same', async () => {
    const refused: unknown[] = [];
    const differing: unknown[] = [];
    for (const [id, { signingName, requests }] of Object.entries((await older?.operations()) ?? {})) {
      if (!serviceById(id) || s3Family.has(id) || serviceById(id)?.proxyOnly) continue;
      for (const [operation, request] of Object.entries(requests)) {
        const host = parseAwsHost(request.target ?? '');
        if (!host || !hostServes(host, signingName)) refused.push([id, operation, request.target]);
        const ours = hostOf(signingName, 'us-east-1', request, [['User-Agent', `api/${id}#1`]]);
        if (!movedSince.has(id) && ours !== request.target) differing.push([id, operation, request.target, ours]);
      }
    }
    expect(refused).toEqual([]);
    expect(differing).toEqual([]);
  });
});

/** Hosts whose operations all have a prefix (`api.iotsitewise`) are the same but for that. */
function withoutPrefix(host: string): string {
  return host.replace(/^(?:api|cp\.tracking|cp|management|workflows|control-storage)[.-]/, '');
}
