import { expect, test } from '../fixtures/app.ts';

/** What DESIGN calls rules that tests hold, for the window: each is tried from inside the page. */
// What is refused is complained of on the console, as it should be.
test.use({ complaintsAllowed: true });

test.describe('the window', () => {
  test('is sandboxed, isolated and without Node', async ({ app }) => {
    const preferences = await app.shell.electron?.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
        getLastWebPreferences(): Record<string, unknown>;
      };
      return contents.getLastWebPreferences();
    });
    expect(preferences).toMatchObject({
      contextIsolation: true,
      nodeIntegration: false,
      sandbox: true,
      webSecurity: true,
    });
    for (const dangerous of [
      'nodeIntegrationInWorker',
      'nodeIntegrationInSubFrames',
      'webviewTag',
      'allowRunningInsecureContent',
      'experimentalFeatures',
    ]) {
      expect([dangerous, preferences?.[dangerous] ?? false]).toEqual([dangerous, false]);
    }
    expect(
      await app.page.evaluate<string>('[typeof require, typeof process, typeof Buffer, typeof module].join()'),
    ).toBe('undefined,undefined,undefined,undefined');
  });

  test('gives the page its calls and the state, and nothing else', async ({ app }) => {
    const reachable = await app.page.evaluate<string[]>('Object.keys(window.rolegate)');
    expect(reachable.sort()).toEqual(['calls', 'onState', 'platform']);
    const { callNames } = await import('../../src-shared/contracts/call-names.ts');
    expect(await app.page.evaluate<string[]>('Object.keys(window.rolegate.calls)')).toEqual([...callNames]);
    const keys = await app.page.evaluate<string[]>(`new Promise((resolve) => {
      const stop = window.rolegate.onState((...given) => { stop(); resolve(given.flatMap((one) => Object.keys(one))); });
      window.rolegate.calls['settings.setTheme']({ theme: 'dark' });
    })`);
    expect(keys.sort()).toEqual(['removed', 'revision', 'slices']);
  });

  test('refuses calls that are malformed, without breaking', async ({ app }) => {
    const results = await app.page.evaluate<{ ok: boolean; error: { code: string } }[]>(`Promise.all([
      window.rolegate.calls['appSessions.start']({ app: 1 }),
      window.rolegate.calls['appSessions.start'](null),
      window.rolegate.calls['tables.list']({ appSessionId: '../../etc', region: 'x' }),
      window.rolegate.calls['session.login']({ user: 'alice', password: 'x'.repeat(5000) }),
      window.rolegate.calls['gateway.listen']({ mode: 'proxy', port: 0 }),
    ])`);
    expect(results.map(({ ok, error }) => [ok, error.code])).toEqual(results.map(() => [false, 'bad_input']));
  });

  test('shows our page only: no navigation, no new windows, no frames, no web views', async ({ app }) => {
    const windows = () => app.shell.electron?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
    expect(await app.page.evaluate<boolean>("window.open('https://example.com') === null")).toBe(true);
    await app.page.evaluate("location.href = 'https://example.com'").catch(() => undefined);
    await app.page.evaluate("location.href = 'file:///etc/passwd'").catch(() => undefined);
    await app.page.evaluate(
      "const a = document.createElement('a'); a.href = 'https://example.com'; a.target = '_blank'; document.body.append(a); a.click()",
    );
    expect(await windows()).toBe(1);
    expect(app.page.url()).toMatch(/^app:\/\/rolegate\//);
    // Asked in the page itself: Playwright would wait for a navigation that was prevented.
    expect(await app.page.evaluate<string>('document.body.textContent')).toContain('Log in as alice');
  });

  test('has a strict content security policy, which holds', async ({ app }) => {
    const policy = await app.page.evaluate<string | null>(
      "fetch('/').then((reply) => reply.headers.get('content-security-policy'))",
    );
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    const blocked = await app.page.evaluate<string[]>(`(async () => {
      const blocked = [];
      let told;
      const all = new Promise((resolve) => { told = resolve; });
      document.addEventListener('securitypolicyviolation', (event) => {
        blocked.push(event.effectiveDirective);
        if (['script-src-elem', 'frame-src', 'connect-src'].every((one) => blocked.includes(one))) told();
      });
      const script = document.createElement('script');
      script.textContent = 'window.injected = true';
      document.body.append(script);
      const frame = document.createElement('iframe');
      frame.src = 'https://example.com';
      document.body.append(frame);
      await fetch('https://example.com').catch(() => undefined);
      // Later, because what the debugger runs is exempt from the policy.
      await new Promise((resolve) => setTimeout(() => {
        try { new Function('return 1')(); } catch { blocked.push('eval'); }
        resolve();
      }));
      await all;
      return [...blocked, String(window.injected)];
    })()`);
    expect(blocked).toEqual(
      expect.arrayContaining(['script-src-elem', 'frame-src', 'connect-src', 'eval', 'undefined']),
    );
  });

  test('denies every permission but writing to the clipboard', async ({ app }) => {
    const states = await app.page.evaluate<Record<string, string>>(`(async () => {
      const states = {};
      for (const name of ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi']) {
        states[name] = await navigator.permissions.query({ name }).then((status) => status.state, () => 'denied');
      }
      states.media = await navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'granted', () => 'denied');
      return states;
    })()`);
    expect(new Set(Object.values(states))).toEqual(new Set(['denied']));
  });

  test('serves the files of the page, and no path leads out of them', async ({ app }) => {
    const statuses = await app.page.evaluate<number[]>(`Promise.all(
      ['/', '/nothing.html', '/..%2f..%2fpackage.json', '/%2e%2e/%2e%2e/package.json', '/assets/../../cli/rolegate.js']
        .map((path) => fetch(path).then((reply) => reply.status)))`);
    expect(statuses).toEqual([200, 404, 404, 404, 404]);
    const elsewhere = await app.page.evaluate<string>(
      "fetch('app://other/index.html').then((reply) => String(reply.status), () => 'refused')",
    );
    expect(['404', 'refused']).toContain(elsewhere);
  });

  test('opens sign-in addresses only', async ({ app }) => {
    // The door itself, with every address that must not pass it, has its unit test; here is its one caller.
    await app.startWork();
    await app.button('Launch console').click();
    await expect.poll(() => app.shell.opened()).toHaveLength(1);
    expect((await app.shell.opened())[0]).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/federation\?Action=login/);
  });

  test('takes calls from its own page only', async ({ app }) => {
    const refused = await app.shell.electron?.evaluate(async ({ BrowserWindow, ipcMain }) => {
      const [ours] = BrowserWindow.getAllWindows();
      const handlers = (
        ipcMain as unknown as { _invokeHandlers: Map<string, (...args: unknown[]) => Promise<unknown>> }
      )._invokeHandlers;
      const call = handlers.get('rolegate:call');
      const contents = ours?.webContents;
      const strangers = [
        { sender: {}, senderFrame: contents?.mainFrame },
        { sender: contents, senderFrame: null },
        { sender: contents, senderFrame: { origin: 'https://evil.tld' } },
      ];
      return Promise.all(strangers.map((event) => call?.(event, 'state.get', {})));
    });
    for (const result of refused as { ok: boolean; error: { code: string } }[]) {
      expect(result).toMatchObject({ ok: false, error: { code: 'access_denied' } });
    }
  });
});
