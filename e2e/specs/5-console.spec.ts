import { expect, test } from '../fixtures/app.ts';

test.describe('launching the console', () => {
  test('signs in as the role, in the region that one is in', async ({ app, playwright }) => {
    await app.startWork();
    await app.chooseRegion('ca-central-1');
    await app.button('Launch console').click();

    // In a window it is opened; where there is no browser to open, it is shown.
    let url: string | undefined;
    if (app.shell.electron) {
      await expect.poll(() => app.shell.opened()).toHaveLength(1);
      [url] = await app.shell.opened();
      await expect(app.toast(/Opened in your browser/)).toBeVisible();
      await expect(app.toast(/It stays signed in until .* Nobody can end it before/)).toBeVisible();
    } else {
      const link = app.page.getByRole('dialog').getByText(/^http:\/\/127\.0\.0\.1:\d+\/federation/);
      url = (await link.textContent()) ?? undefined;
    }
    const browser = await playwright.request.newContext();
    const page = await (await browser.get(url ?? '')).text();
    expect(page).toContain('ExampleTeleportDynamoDBRole/alice');
    expect(page).toContain('1234-5678-9000');
    expect(page).toContain('ca-central-1');
    expect(page).toContain('my-dynamodb-table');
    // The link has worked once.
    const second = await playwright.request.newContext();
    expect(await (await second.get(url ?? '')).text()).not.toContain('my-dynamodb-table');
  });
});
