import type { ProxyChoice, ProxyView, Reached } from '../../../src-shared/contracts/network.ts';
import { RolegateError } from '../../../src-shared/errors.ts';

const stsHost = 'sts.us-east-1.amazonaws.com';

/** The network of a made-up machine: one proxy works, every other address answers nothing. */
export function networkHandlers(world: { proxy: ProxyView }) {
  return {
    'network.get': (): ProxyView => world.proxy,
    'network.choose': (choice: ProxyChoice) => {
      const { use } = choice;
      world.proxy = {
        use,
        environment: world.proxy.environment,
        ...(use === 'own' && { own: viewOf(choice, world.proxy) }),
      };
      return {};
    },
    'network.check': (choice: ProxyChoice): Reached[] => {
      const { url: through } = choice.use === 'environment' ? world.proxy.environment : {};
      if (choice.use !== 'own') return [{ host: stsHost, ...(through !== undefined && { through }) }];
      if (choice.url.includes('proxy.example.com'))
        return [{ host: stsHost, through: 'http://proxy.example.com:3128' }];
      const error = new RolegateError('unavailable', `The proxy ${choice.url} cannot be reached.`, {
        hint: 'Check HTTPS_PROXY, or the proxy in the settings.',
      });
      return [{ host: stsHost, through: choice.url, error: error.toData() }];
    },
  };
}

function viewOf(choice: Extract<ProxyChoice, { use: 'own' }>, { own }: ProxyView): NonNullable<ProxyView['own']> {
  const { url, user, except, password } = choice;
  return { url, user, except, hasPassword: password === undefined ? own?.hasPassword === true : password !== '' };
}
