import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAppService } from '../../src-service/create-app-service.ts';
import { loadResources } from '../../src-service/resources/load-resources.ts';

export const roleArn = 'arn:aws:iam::123456789000:role/ExampleTeleportDynamoDBRole';
const documents = `
kind: role
version: v5
metadata: {name: bench}
spec: {allow: {app_labels: {'*': '*'}, aws_role_arns: ['${roleArn}']}}
---
kind: user
version: v2
metadata: {name: bench}
spec: {roles: [bench]}
`;

/** The app-service in this process, in front of an upstream, with one user in one app session. */
export async function startBenchService(upstream: string, sts: string, accessKeyId: string, secretAccessKey: string) {
  const folder = mkdtempSync(join(tmpdir(), 'rolegate-bench-'));
  const service = await createAppService({
    cluster: 'bench',
    version: '0.0.0',
    stateDir: folder,
    resources: loadResources([{ file: 'bench.yaml', text: documents }]),
    apps: [{ name: 'aws', description: '', uri: 'https://console.aws.amazon.com/', labels: {} }],
    aws: {
      credentials: async () => ({ accessKeyId, secretAccessKey }),
      credentialsName: { title: 'the bench', renewHint: '' },
      region: 'us-east-1',
      endpoints: { sts, '*': upstream },
    },
  });
  const { token } = await service.loginAs('bench');
  const session = await service.startAppSession(token, { app: 'aws', roleArn });
  return { folder, service, token, session };
}
