import type { Page } from '@playwright/test';
import { expect, test, withFake } from './fixtures.ts';
import { openAdmin, openAudit, typeInRole } from './screens/admin.ts';

const admin = { query: 'scene=alice,admin' };

async function openRole(page: Page, name: string): Promise<void> {
  await openAdmin(page, 'Roles');
  await page.getByRole('option', { name, exact: true }).click();
  await page.getByRole('textbox', { name: `YAML of role/${name}` }).waitFor();
}

test('whoever may administer nothing finds no way to it', async ({ page, open }) => {
  await open({ query: 'scene=alice' });
  await page.getByRole('button', { name: /^User/ }).click();
  await page.getByRole('menuitem', { name: 'Settings' }).waitFor();
  await expect(page.getByRole('menuitem', { name: 'Administration' })).toHaveCount(0);
  await expect(page.getByRole('menuitem', { name: 'Audit log' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('audit');
  await expect(page.getByRole('option', { name: 'Audit log' })).toHaveCount(0);
});

test('the palette leads to every part of the administration', async ({ page, open }) => {
  await open(admin);
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('administration locks');
  const option = page.getByRole('option', { name: /Administration: Locks/ });
  await expect(option).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Locks', level: 1 })).toBeVisible();
});

test('a problem leads to its line', async ({ page, open }) => {
  await open(admin);
  await openRole(page, 'dev');
  await typeInRole(page, '    aws_role_arn: []');
  await page.getByRole('button', { name: /aws_role_arn is not known here/ }).click();
  await page.keyboard.insertText('x');
  await expect(page.getByRole('textbox', { name: /^YAML/ })).toContainText('xaws_role_arn: []');
  await expect(page.getByRole('button', { name: 'Review and save…' })).toBeDisabled();
});

test('what is not saved stays while one looks elsewhere, and can be discarded', async ({ page, open }) => {
  await open(admin);
  await openRole(page, 'dev');
  await typeInRole(page, '# mine');
  await page.getByRole('option', { name: 'reader' }).click();
  await expect(page.getByRole('textbox', { name: 'YAML of role/reader' })).toBeVisible();
  await page.getByRole('navigation', { name: 'Administration' }).getByRole('button', { name: 'Users' }).click();
  await page.getByRole('navigation', { name: 'Administration' }).getByRole('button', { name: 'Roles' }).click();
  await page.getByRole('option', { name: /^dev/ }).click();
  await expect(page.getByRole('textbox', { name: 'YAML of role/dev' })).toContainText('# mine');
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByRole('textbox', { name: 'YAML of role/dev' })).not.toContainText('# mine');
});

test('what somebody else saved in between does not cost the text', async ({ page, open }) => {
  await open(admin);
  await openRole(page, 'dev');
  await typeInRole(page, '# mine');
  await withFake(
    page,
    ({ bridge }) => {
      const show = bridge.handlers?.['resources.show'];
      if (!bridge.handlers || !show) return;
      bridge.handlers['resources.show'] = async (input) => {
        const page = await show(input);
        for (const { document } of page.resources) {
          if (document.metadata['name'] === 'dev') document.metadata['revision'] = 'rev-dev-2';
        }
        return page;
      };
      // Refused as the service would refuse it.
      bridge.handlers['resources.preview'] = ({ text }) => {
        if (text.includes('rev-dev-2'))
          return { writes: [], assume: [], ask: [], review: [], administer: [], users: 0, omitted: 0 };
        throw Object.assign(new Error(), { name: 'RolegateError' });
      };
    },
    undefined,
  );
  await page.getByRole('navigation', { name: 'Administration' }).getByRole('button', { name: 'Users' }).click();
  await page.getByRole('navigation', { name: 'Administration' }).getByRole('button', { name: 'Roles' }).click();
  await page.getByRole('option', { name: /^dev/ }).click();
  await expect(page.getByText('Somebody has changed this since you began.')).toBeVisible();
  await page.getByRole('button', { name: 'Show what is there now' }).click();
  await expect(page.getByRole('textbox', { name: 'What is there now' })).toContainText('rev-dev-2');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Go on with mine' }).click();
  const text = page.getByRole('textbox', { name: 'YAML of role/dev' });
  await expect(text).toContainText('# mine');
  await expect(text).toContainText('rev-dev-2');
  await page.getByRole('button', { name: 'Review and save…' }).click();
  await expect(page.getByText('Nobody gains or loses anything by this')).toBeVisible();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('role/dev is saved')).toBeVisible();
});

test('what somebody else removed in between does not cost the text either', async ({ page, open }) => {
  await open(admin);
  await openRole(page, 'dev');
  await typeInRole(page, '# mine');
  await withFake(
    page,
    ({ bridge }) => {
      const show = bridge.handlers?.['resources.show'];
      if (!bridge.handlers || !show) return;
      bridge.handlers['resources.show'] = async (input) => {
        const page = await show(input);
        return { resources: page.resources.filter(({ document }) => document.metadata['name'] !== 'dev') };
      };
    },
    undefined,
  );
  const sections = page.getByRole('navigation', { name: 'Administration' });
  await sections.getByRole('button', { name: 'Users' }).click();
  await sections.getByRole('button', { name: 'Roles' }).click();
  await expect(page.getByRole('option', { name: 'reader' })).toBeVisible();
  await expect(page.getByRole('option', { name: 'dev' })).toHaveCount(0);
  await page.getByRole('list', { name: 'Not saved' }).getByRole('button', { name: 'dev' }).click();
  await expect(page.getByText('Somebody has removed this since you began.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Review and save…' })).toBeDisabled();
  await page.getByRole('button', { name: 'Make it anew' }).click();
  const text = page.getByRole('textbox', { name: /^YAML of/ });
  await expect(text).toContainText('# mine');
  await expect(text).not.toContainText('revision');
  await expect(page.getByRole('button', { name: 'Review and save…' })).toBeEnabled();
});

test('the audit log follows, stands still while it is paused, and goes on', async ({ page, open }) => {
  await open({ query: 'scene=alice,admin,busy' });
  await openAudit(page);
  const count = async () => {
    const text = (await page.getByText(/^\d+ events$/).textContent()) ?? '';
    return Number(text.split(' ')[0]);
  };
  await expect.poll(count).toBeGreaterThan(200);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText('Paused')).toBeVisible();
  const paused = await count();
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect.poll(count).toBeGreaterThan(paused);
});

test('what is read of the audit log stays in its place while more comes in', async ({ page, open }) => {
  await open({ query: 'scene=alice,admin,busy' });
  await openAudit(page);
  const list = page.getByRole('grid', { name: 'Events' });
  await list.getByRole('row').first().waitFor();
  await list.evaluate((element) => element.scrollTo(0, 1400));
  const row = list.getByRole('row').filter({ hasText: 'login.failed' }).first();
  const [text, before] = [await row.textContent(), await row.boundingBox()];
  const count = () => list.getAttribute('aria-rowcount').then(Number);
  const rows = await count();
  await expect.poll(count).toBeGreaterThan(rows);
  const same = list.getByRole('row').filter({ hasText: text ?? '' });
  expect((await same.boundingBox())?.y).toBe(before?.y);
});

test('the audit log is gone through with the keys', async ({ page, open }) => {
  await open(admin);
  await openAudit(page);
  const list = page.getByRole('grid', { name: 'Events' });
  await list.getByRole('row').first().waitFor();
  await list.focus();
  await page.keyboard.press('PageDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  const details = page.getByRole('complementary', { name: 'Event' });
  await expect(details).toContainText('dynamodb.us-east-1.amazonaws.com');
  await page.keyboard.press('Escape');
  await expect(details).toHaveCount(0);
});

test('what fits is exported to a file', async ({ page, open }) => {
  await open(admin);
  await openAudit(page);
  await page.getByRole('textbox', { name: 'User' }).fill('bob');
  await expect(page.getByText('That is all.')).toBeVisible();
  const shown = (await page.getByText(/^\d+ events$/).textContent()) ?? '';
  await page.getByRole('button', { name: 'Export…' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: /^As JSON/ }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^audit-\d{4}-\d\d-\d\d\.jsonl$/);
  const chunks: Buffer[] = [];
  for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
  const lines = Buffer.concat(chunks).toString().trimEnd().split('\n');
  expect(`${lines.length} events`).toBe(shown);
  expect(new Set(lines.map((line) => JSON.parse(line).user))).toEqual(new Set(['bob']));
});
