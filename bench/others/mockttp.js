import { generateCACertificate, getLocal } from 'mockttp';
import { answerUsage } from '../../node_modules/.cache/rolegate-bench/usage.js';

/** mockttp in the gateway's place: it ends TLS, and sends on what it gets, neither verified nor signed. */
const https = await generateCACertificate();
const server = getLocal({ https, recordTraffic: false });
await server.start();
await server.forAnyRequest().thenForwardTo(process.argv[2], { updateHostHeader: false });
answerUsage({ port: server.port, ca: https.cert });
