import type { Calls } from '../src-shared/contracts/calls.ts';
import type { ConnectorInfo } from '../src-shared/contracts/sign-on-api.ts';
import { RolegateError } from '../src-shared/errors.ts';
import { note } from './output.ts';

/**
 * Logs in by the browser, with a connector of the cluster. The address is printed as well: the browser may be another
 * than the one that opens, or none may open at all.
 *
 * @param wanted `okta`, or `oidc/okta`; the cluster's preferred one by default
 */
export async function signOn(calls: Calls, wanted: string | undefined): Promise<void> {
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

async function chooseConnector(calls: Calls, wanted: string | undefined): Promise<ConnectorInfo> {
  const { connectors, preferred } = await calls.call('session.signInOffer', {});
  const found = connectors.filter((one) =>
    wanted === undefined
      ? one.kind === preferred?.kind && one.name === preferred.name
      : wanted === one.name || wanted === `${one.kind}/${one.name}`,
  );
  const [connector] = found;
  if (connector && found.length === 1) return connector;
  const names = (found.length > 1 ? found : connectors).map((one) => `${one.kind}/${one.name}`).join(', ');
  if (found.length > 1) {
    throw new RolegateError('bad_input', `There is more than one connector ${wanted}.`, {
      hint: `Say which: ${names}`,
    });
  }
  const there = names === '' ? 'It has none. Log in with --user NAME.' : `There are: ${names}. With a password: --user`;
  throw wanted === undefined
    ? new RolegateError('bad_input', 'Say how to log in, with --user NAME or --auth CONNECTOR.', { hint: there })
    : new RolegateError('not_found', `This cluster has no connector ${wanted}.`, { hint: there });
}
