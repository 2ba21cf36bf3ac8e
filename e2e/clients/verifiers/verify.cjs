// Opens TLS connections as any Node program does and says what came of each: verify.cjs <bundle> <port> <name>...
const { readFileSync } = require('node:fs');
const { isIP } = require('node:net');
const { checkServerIdentity, connect } = require('node:tls');

const [bundle, port, ...names] = process.argv.slice(2);
const ca = readFileSync(bundle);

async function verify() {
  for (const name of names) {
    const verdict = await new Promise((resolve) => {
      const socket = connect({
        port: Number(port),
        host: '127.0.0.1',
        ca,
        // An address is no name to send along.
        servername: isIP(name) ? '' : name,
        checkServerIdentity: (_, certificate) => checkServerIdentity(name, certificate),
      });
      socket.once('secureConnect', () => resolve('trusted'));
      socket.once('error', (error) => resolve(`refused: ${error.message}`));
    });
    console.log(`${name} ${verdict}`);
  }
  process.exit();
}
verify();
