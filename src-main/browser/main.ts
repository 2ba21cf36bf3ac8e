import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { version } from '../../package.json';
import { toErrorData } from '../../src-shared/errors.ts';
import { startEngine } from '../engine/engine.ts';
import { findHome } from '../home/home.ts';
import { openUrl } from '../tools/open-url.ts';
import { startPageServer } from './page-server.ts';

/**
 * The same program without Electron: a server on this machine, and the default browser as its window. For headless
 * machines, dev containers, and wherever Electron cannot be had.
 */

// The SDK's note about Node versions to come is for those who choose the version.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const home = findHome(process.env);
const open = (url: string) => openUrl(url, home.folder);

try {
  const engine = await startEngine({
    home,
    version,
    host: { openExternal: open },
    preparedDir: fileURLToPath(new URL('../sandbox-data', import.meta.url)),
    sessionStore: process.env['ROLEGATE_SESSION_STORE'],
    listens: true,
    lasts: true,
  });
  const server = await startPageServer(fileURLToPath(new URL('../renderer', import.meta.url)), engine);
  void engine.open();

  const show = () => {
    const address = server.newAddress();
    process.stdout.write(`Rolegate: ${address}\n`);
    return address;
  };
  const opened = await open(show());
  process.stdout.write(
    opened
      ? 'It opens in your browser. '
      : 'Open this address in a browser on this machine; it works once, within a minute. ',
  );
  process.stdout.write('Press Enter for a new address, Ctrl+C to quit.\n');

  const input = createInterface({ input: process.stdin });
  input.on('line', show);
  const quit = () => {
    input.close();
    void server
      .close()
      .then(() => engine.close())
      .finally(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, quit);
} catch (error) {
  const { message, hint } = toErrorData(error);
  process.stderr.write(`${message}\n${hint === undefined ? '' : `${hint}\n`}`);
  process.exitCode = 1;
}
