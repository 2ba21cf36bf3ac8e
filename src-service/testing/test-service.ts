import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AppService } from '../app-service.ts';
import { createAppService } from '../create-app-service.ts';
import type { AppServiceOptions } from '../options.ts';
import { loadResources } from '../resources/load-resources.ts';
import { type FakeAws, startFakeAws } from './fake-aws.ts';

/** An app-service on a folder of its own, before an AWS that checks signatures. */
export interface TestService {
  service: AppService;
  aws: FakeAws;
  stateDir: string;
  clock: { now: number };
  /** Another instance on the same folder: after a restart. */
  restart(): Promise<AppService>;
  close(): Promise<void>;
}

/** The options of a service that offers one AWS account, which answers at these endpoints. */
export function oneApp(endpoints: Record<string, string>): Pick<AppServiceOptions, 'apps' | 'aws'> {
  return {
    apps: [{ name: 'aws', description: 'AWS', uri: 'https://console.aws.amazon.com/console/home', labels: {} }],
    aws: {
      credentials: async () => ({ accessKeyId: 'AKIASERVICE', secretAccessKey: 'service-secret' }),
      credentialsName: { title: 'the app-service', renewHint: 'Renew them.' },
      region: 'us-east-1',
      endpoints,
    },
  };
}

/**
 * @param documents YAML that administrators may replace
 * @param more options of the service, and upstreams beside the fake AWS by signing name
 */
export async function startTestService(
  documents: string,
  { endpoints = {}, ...more }: Partial<AppServiceOptions> & { endpoints?: Record<string, string> } = {},
): Promise<TestService> {
  const stateDir = mkdtempSync(join(tmpdir(), 'rolegate-service-'));
  const aws = await startFakeAws();
  const clock = { now: Date.now() };
  const start = () =>
    createAppService({
      cluster: 'test',
      version: '0.1.0',
      stateDir,
      defaultResources: loadResources([{ file: 'test.yaml', text: documents }]),
      ...oneApp({ '*': aws.origin, ...endpoints }),
      now: () => clock.now,
      ...more,
      // Where tests read what has been recorded.
      audit: { outputs: ['file'], ...more.audit },
    });
  const test: TestService = {
    service: await start(),
    aws,
    stateDir,
    clock,
    async restart() {
      await test.service.close();
      test.service = await start();
      return test.service;
    },
    async close() {
      await test.service.close();
      await aws.close();
      rmSync(stateDir, { recursive: true });
    },
  };
  return test;
}
