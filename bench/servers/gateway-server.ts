import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLocalCa } from '../../src-main/gateway/ca.ts';
import { createGateway } from '../../src-main/gateway/gateway.ts';
import { createPassThrough } from '../../src-main/gateway/pass-through.ts';
import { openSecretStore } from '../../src-main/session/secret-store.ts';
import { createAppService } from '../../src-service/create-app-service.ts';
import { loadResources } from '../../src-service/resources/load-resources.ts';
import { answerUsage } from './usage.ts';

/** What is measured: the gateway with the app-service in the same process, access decision and audit event included. */
const [upstream = '', sts = '', accessKeyId = '', secretAccessKey = ''] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'rolegate-bench-'));
const roleArn = 'arn:aws:iam::123456789000:role/ExampleTeleportDynamoDBRole';
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
const secrets = await openSecretStore({ wanted: 'memory', homeId: 'bench', file: '' });
const keys = { accessKeyId: 'RGBENCHBENCHBENCHBEN', secretAccessKey: 'bench-secret' };
const holder = { ...keys, appSessionId: session.id, expiresAt: session.expiresAt };
const gateway = createGateway({
  openCa: () => openLocalCa({ folder, secrets, secretName: 'ca', now: Date.now }),
  handling: {
    findKeyHolder: (id) => (id === holder.accessKeyId ? holder : undefined),
    forward: (call, cancellation) => service.forward(token, call, cancellation),
    onFault: (error) => console.error(error),
    passThrough: createPassThrough(() => undefined),
    now: Date.now,
  },
  ports: { proxy: 0, endpoint: 0 },
  onChange: () => undefined,
});
const [proxy, endpoint] = [await gateway.open('proxy', 0), await gateway.open('endpoint', 0)];
const { bundleFile } = await gateway.ca();
answerUsage({ proxy: proxy.port, endpoint: endpoint.port, ca: readFileSync(bundleFile, 'utf8'), keys });
