import { readFileSync } from 'node:fs';
import { openLocalCa } from '../../src-main/gateway/ca.ts';
import { createGateway } from '../../src-main/gateway/gateway.ts';
import { createPassThrough } from '../../src-main/gateway/pass-through.ts';
import { openSecretStore } from '../../src-main/session/secret-store.ts';
import { startBenchService } from './bench-service.ts';
import { answerUsage } from './usage.ts';

/** What is measured: the gateway with the app-service in the same process, access decision and audit event included. */
const [upstream = '', sts = '', accessKeyId = '', secretAccessKey = ''] = process.argv.slice(2);
const { folder, service, token, session } = await startBenchService(upstream, sts, accessKeyId, secretAccessKey);
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
