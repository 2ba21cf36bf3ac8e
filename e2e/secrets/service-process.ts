import { createSandboxService } from '../../src-main/service-client/in-process-sandbox.ts';
import { startSandbox } from '../../src-sandbox/sandbox.ts';
import { selfMadeCertificate } from '../../src-service/http/certificate.ts';
import { startServiceServer } from '../../src-service/http/server.ts';
import { preparedDir } from '../integration/prepared-data.ts';
import { startAttentiveAws } from './attentive-aws.ts';

/**
 * An app-service as a process of its own, which tells its parent every secret that AWS hands to it: between the
 * service and the sandbox stands a listener that reads along.
 */
const [folder = ''] = process.argv.slice(2);
const sandbox = await startSandbox({ stateDir: `${folder}/aws`, preparedDir });
const aws = await startAttentiveAws(sandbox.endpoints.sts);

const service = await createSandboxService(
  { ...sandbox, endpoints: { ...sandbox.endpoints, sts: aws.origin, dynamodb: aws.origin } },
  { stateDir: `${folder}/service`, version: '0.1.0' },
);
const { caFile, ...tls } = await selfMadeCertificate(folder, { ip: ['127.0.0.1'] }, Date.now());
const server = await startServiceServer({ service, tls, port: 0 });

process.on('message', () => process.send?.({ secrets: [sandbox.serviceCredentials.secretAccessKey, ...aws.secrets] }));
process.send?.({ port: server.port, caFile });
