import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Proxy as MitmProxy } from 'http-mitm-proxy';
import { answerUsage } from '../../node_modules/.cache/rolegate-bench/usage.js';

/** http-mitm-proxy in the gateway's place: it ends TLS, and sends on what it gets, neither verified nor signed. */
const upstream = new URL(process.argv[2]);
const folder = mkdtempSync(join(tmpdir(), 'rolegate-bench-'));
const proxy = new MitmProxy();
proxy.onError((_context, error) => console.error(error));
proxy.onRequest((context, done) => {
  context.isSSL = false;
  context.proxyToServerRequestOptions.host = upstream.hostname;
  context.proxyToServerRequestOptions.port = upstream.port;
  context.proxyToServerRequestOptions.agent = proxy.httpAgent;
  done();
});
proxy.listen({ host: '127.0.0.1', port: 0, sslCaDir: folder, keepAlive: true, forceSNI: true }, () => {
  answerUsage({ port: proxy.httpPort, ca: readFileSync(join(folder, 'certs', 'ca.pem'), 'utf8') });
});
