import type { Calls } from '../src-shared/contracts/calls.ts';
import type { ConnectorId, ConnectorInfo } from '../src-shared/contracts/sign-on-api.ts';
import { RolegateError } from '../src-shared/errors.ts';
import { note } from './output.ts';

/** The connector that the cluster would have people use, and those that there are, as they are written on a command. */
export async function preferredConnector(calls: Calls): Promise<{ preferred: string | undefined; names: string }> {
  const { connectors, preferred } = await calls.call('session.signInOffer', {});
  return { preferred: preferred && nameOf(preferred), names: connectors.map(nameOf).join(', ') };
}

/**
 * Logs in by the browser, with a connector of the cluster. The address is printed as well: the browser may be another
 * than the one that opens, or none may open at all.
 *
 * @param wanted `okta`, or `oidc/okta`
 */
export async function signOn(calls: Calls, wanted: string): Promise<void> {
  const { kind, name, display } = await chooseConnector(calls, wanted);
  let told: string | undefined;
  const stop = calls.onState(({ slices: { signingIn } }) => {
    if (!signingIn || signingIn.url === told) return;
    told = signingIn.url;
    note(`Sign in with ${display} in your browser. If none opens, go to this address on this machine:`);
    note(`  ${told}`);
  });
  try {
    await calls.call('session.signOn', { kind, name });
  } finally {
    stop();
  }
}

async function chooseConnector(calls: Calls, wanted: string): Promise<ConnectorInfo> {
  const { connectors } = await calls.call('session.signInOffer', {});
  const found = connectors.filter((one) => wanted === one.name || wanted === nameOf(one));
  const [connector] = found;
  if (connector && found.length === 1) return connector;
  if (connector) {
    const hint = `Say which: ${found.map(nameOf).join(', ')}`;
    throw new RolegateError('bad_input', `There is more than one connector ${wanted}.`, { hint });
  }
  const there = connectors.length === 0 ? 'It has none.' : `There are: ${connectors.map(nameOf).join(', ')}.`;
  throw new RolegateError('not_found', `This cluster has no connector ${wanted}.`, {
    hint: `${there} To log in with a password: --user NAME`,
  });
}

function nameOf({ kind, name }: ConnectorId): string {
  return `${kind}/${name}`;
}
