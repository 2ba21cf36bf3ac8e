import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SigningIn } from '../../src-shared/contracts/state.ts';
import { type Company, startCompany } from '../fixtures/company.ts';
import { removeHome, startTestEngine, type TestEngine, temporaryHome } from './test-engine.ts';

const okta = { kind: 'oidc', name: 'okta' } as const;

let company: Company;
let test: TestEngine;
beforeAll(async () => {
  company = await startCompany();
});
afterAll(() => company.close());
beforeEach(async () => {
  const home = temporaryHome();
  await company.settle(home);
  test = await startTestEngine(home);
});
afterEach(async () => {
  await test.stop();
  removeHome(test.home);
});

const state = () => test.calls.call('state.get', {});
const isHome = (url: string) => url.startsWith('http://127.0.0.1:') && new URL(url).pathname === '/sign-in';

/** Begins a sign-on and waits until the browser would open. */
async function begin(connector: Parameters<typeof test.calls.call<'session.signOn'>>[1] = okta) {
  const opened = test.opened.length;
  const started = new Promise<SigningIn>((resolve) => {
    const stop = test.calls.onState(({ slices: { signingIn } }) => {
      if (!signingIn || test.opened.length < opened) return;
      stop();
      resolve(signingIn);
    });
  });
  const result = test.calls.call('session.signOn', connector);
  result.catch(() => undefined);
  const { url } = await Promise.race([started, result.then(() => Promise.reject(new Error('It is over already.')))]);
  return { url, result };
}

describe('signing on by the browser', () => {
  it('is offered as the service offers it', async () => {
    expect(await test.calls.call('session.signInOffer', {})).toMatchObject({
      password: true,
      connectors: [
        { ...okta, display: 'Okta' },
        { kind: 'saml', name: 'adfs' },
        { kind: 'github', name: 'github' },
      ],
    });
  });

  it.each([
    ['oidc', 'okta', 'carol@example.com'],
    ['github', 'github', 'mona'],
    ['saml', 'adfs', 'dana@example.com'],
  ] as const)('logs in with %s', async (kind, name, user) => {
    const { url, result } = await begin({ kind, name });
    expect(url.startsWith(`${company.url}/v1/sso/go/`)).toBe(true);
    expect(test.opened).toEqual([url]);
    const shown = await company.browser.visit(url);
    expect(shown).toMatchObject({ status: 200, body: expect.stringContaining('You are signed in') });
    await result;
    expect(await state()).toMatchObject({ phase: 'signed-in', user: { name: user } });
    expect((await state()).signingIn).toBeUndefined();
    expect((await test.calls.call('apps.list', {}))[0]?.roles).toHaveLength(1);
  });

  it('says in the browser and here that it did not work, and why', async () => {
    company.github.person = { login: 'mona', id: 7, teams: [] };
    const { url, result } = await begin({ kind: 'github', name: 'github' });
    expect((await company.browser.visit(url)).body).toContain('It did not work');
    await expect(result).rejects.toThrow('mona has no role here.');
    expect((await state()).phase).toBe('signed-out');
    company.github.person = { login: 'mona', id: 7, teams: ['octo-org/staff'] };
  });

  it('can be cancelled, and the browser that comes after that finds nobody', async () => {
    const { url, result } = await begin();
    await test.calls.call('session.cancelSignOn', {});
    await expect(result).rejects.toMatchObject({ code: 'cancelled' });
    expect((await state()).signingIn).toBeUndefined();
    await expect(company.browser.visit(url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect((await state()).phase).toBe('signed-out');
  });

  it('gives way to another one', async () => {
    const first = await begin();
    const second = await begin();
    await expect(first.result).rejects.toThrow('Another sign-on was begun.');
    await company.browser.visit(second.url);
    await second.result;
    expect((await state()).phase).toBe('signed-in');
  });

  it('opens the browser once more', async () => {
    const { url } = await begin();
    await test.calls.call('session.openSignOnAgain', {});
    expect(test.opened).toEqual([url, url]);
    await test.calls.call('session.cancelSignOn', {});
    await expect(test.calls.call('session.openSignOnAgain', {})).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is not to be had where there is no service with an address', async () => {
    await test.calls.call('session.useSandbox', {});
    expect((await test.calls.call('session.signInOffer', {})).connectors).toEqual([]);
    await expect(test.calls.call('session.signOn', okta)).rejects.toMatchObject({ code: 'bad_input' });
  });
});

describe('whatever else comes to the port on which the browser is awaited', () => {
  it('is answered and changes nothing; the sign-on goes on', async () => {
    const { url, result } = await begin();
    const home = new URL((await company.browser.visit(url, isHome)).url);
    const change = (parameter: string, value: string) => {
      const other = new URL(home);
      other.searchParams.set(parameter, value);
      return other.href;
    };
    const get = async (address: string, init?: RequestInit) => (await fetch(address, init)).status;
    expect(await get(change('state', 'a'.repeat(43)))).toBe(400);
    expect(await get(change('state', ''))).toBe(400);
    expect(await get(change('code', '../../x'))).toBe(400);
    expect(await get(home.origin)).toBe(404);
    expect(await get(`${home.origin}//`)).toBe(404);
    expect(await get(home.href, { method: 'POST' })).toBe(404);
    expect(await get(home.href.replace('127.0.0.1', 'localhost'))).toBe(404);
    expect((await state()).phase).toBe('signed-out');
    expect((await state()).signingIn?.name).toBe('okta');

    const [first, again] = await Promise.all([get(home.href), get(home.href)]);
    expect([first, again].sort()).toEqual([200, 410]);
    await result;
    expect((await state()).phase).toBe('signed-in');
  });
});
