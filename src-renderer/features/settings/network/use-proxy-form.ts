import { useState } from 'react';
import type { ProxyChoice, ProxyView } from '../../../../src-shared/contracts/network.ts';
import { readProxyAddress } from '../../../../src-shared/outbound/proxy-address.ts';

/** What is in the form, and what it comes to. */
export function useProxyForm({ use: chosen, own }: ProxyView) {
  const [use, setUse] = useState<ProxyChoice['use']>(chosen);
  const [url, setUrl] = useState(own?.url ?? '');
  const [user, setUser] = useState(own?.user ?? '');
  const [password, setPassword] = useState('');
  const [except, setExcept] = useState(own?.except ?? '');
  const problem = addressProblem(url);
  // The one that is kept is for its own proxy and user only.
  const isKept = own?.hasPassword === true && own.url === url.trim() && own.user === user.trim();

  function choice(): ProxyChoice | undefined {
    if (use !== 'own') return { use };
    if (url.trim() === '' || problem !== undefined) return undefined;
    const name = user.trim();
    return {
      use,
      url: url.trim(),
      user: name,
      except: except.trim(),
      ...((password !== '' || !isKept) && { password: name === '' ? '' : password }),
    };
  }

  return {
    use,
    setUse,
    url,
    setUrl,
    problem,
    user,
    setUser,
    password,
    setPassword,
    isKept,
    except,
    setExcept,
    /** What to try or to choose; undefined until the form is in order. */
    choice: choice(),
  };
}

/** What is wrong with a proxy's address, in a sentence; nothing while it is empty. */
export function addressProblem(text: string): string | undefined {
  if (text.trim() === '') return undefined;
  const url = readProxyAddress(text);
  if (!url) return 'This is no address of an HTTP proxy. It looks like http://proxy.example.com:3128.';
  if (url.username !== '' || url.password !== '') return 'User name and password have fields of their own.';
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') return 'Nothing may follow the port.';
  return undefined;
}
