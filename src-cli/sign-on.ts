import type { Calls } from '../src-shared/contracts/calls.ts';
import { passkeyMethod } from '../src-shared/contracts/passkey-method.ts';
import type { SignInOffer, SignOnMethod } from '../src-shared/contracts/sign-on-api.ts';
import { RolegateError } from '../src-shared/errors.ts';
import { note } from './output.ts';

/** The connector that the cluster would have people use, and those that there are, as they are written on a command. */
export async function preferredConnector(calls: Calls): Promise<{ preferred: string | undefined; names: string }> {
  const offer = await calls.call('session.signInOffer', {});
  const { preferred } = offer;
  return { preferred: preferred && nameOf(preferred), names: methodsOf(offer).map(nameOf).join(', ') };
}

/**
 * Logs in by the browser, with a connector of the cluster. The address is printed as well: the browser may be another
 * than the one that opens, or none may open at all.
 *
 * @param wanted `okta`, `oidc/okta`, or `passkey`
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

async function chooseConnector(calls: Calls, wanted: string): Promise<SignOnMethod & { display: string }> {
  const offer = await calls.call('session.signInOffer', {});
  const connectors = methodsOf(offer);
  if (wanted === passkeyMethod.kind && offer.passkeys === 'address') {
    throw new RolegateError('bad_input', 'Browsers have no passkeys for an IP address.', {
      hint: 'Connect to the app-service by a host name: --service https://HOST',
    });
  }
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

/** The ways to log in by the browser. */
function methodsOf({ connectors, passkeys }: SignInOffer): (SignOnMethod & { display: string })[] {
  return passkeys === 'offered' ? [...connectors, { ...passkeyMethod, display: 'a passkey' }] : connectors;
}

function nameOf({ kind, name }: SignOnMethod): string {
  return kind === 'passkey' ? kind : `${kind}/${name}`;
}
