import { inSession, withFake } from '../fixtures.ts';
import { type Screen, session } from './screen.ts';

/** What lies over the rest. */
export const overlays: Screen[] = [
  {
    name: 'palette',
    query: session,
    remembered: inSession(),
    steps: async (page) => {
      await page.getByRole('option', { name: 'Telemetry' }).waitFor();
      await page.keyboard.press('Control+k');
      await page.getByRole('option', { name: 'Launch console' }).waitFor();
    },
  },
  {
    name: 'palette-search',
    query: session,
    remembered: inSession(),
    steps: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Go to anything' }).fill('euw');
      await page.getByRole('option', { name: 'eu-west-1' }).waitFor();
    },
  },
  {
    name: 'reconnecting',
    query: session,
    remembered: inSession('tables', ['Music']),
    steps: async (page) => {
      await page.getByText('120 loaded').waitFor();
      await withFake(page, (fake) => fake.bridge.setLink({ at: 'down' }), {});
      await page.getByText('Reconnecting to Rolegate…').waitFor();
    },
  },
  {
    name: 'open-elsewhere-not',
    query: session,
    remembered: inSession('tables', ['Orders']),
    steps: async (page) => {
      await page.getByText('200 loaded').waitFor();
      await page.getByRole('combobox', { name: 'Table or index to read' }).click();
      await page.getByRole('option', { name: /by-status-and-date/ }).click();
      for (const name of ['Status', 'Region', 'Channel', 'Currency']) {
        await page.getByRole('textbox', { name, exact: true }).fill('x');
      }
      await page.getByRole('button', { name: 'Open elsewhere' }).click();
      await page.getByText('Its address has no room for a key of several attributes.').waitFor();
    },
  },
  {
    name: 'role-switcher',
    query: 'scene=alice,two-sessions',
    remembered: inSession('tables', ['Music']),
    steps: async (page) => {
      await page.getByText('120 loaded').waitFor();
      await page.getByRole('button', { name: /^IAM role/ }).click();
      await page.getByRole('grid', { name: 'IAM roles' }).waitFor();
    },
  },
  {
    name: 'end-session',
    query: session,
    remembered: inSession(),
    steps: async (page) => {
      await page.getByRole('button', { name: /^IAM role/ }).click();
      await page.getByRole('button', { name: 'End this session' }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'region-picker',
    query: session,
    remembered: inSession('tables', ['Music']),
    steps: async (page) => {
      await page.getByText('120 loaded').waitFor();
      await page.getByRole('button', { name: /^Region/ }).click();
      await page.getByRole('combobox', { name: 'Search regions' }).fill('eu-west-7');
      await page.getByText('use as typed').waitFor();
    },
  },
  {
    name: 'user-menu',
    query: session,
    remembered: inSession('tables', ['Music']),
    steps: async (page) => {
      await page.getByText('120 loaded').waitFor();
      await page.getByRole('button', { name: /^User/ }).click();
      await page.getByRole('menu').waitFor();
    },
  },
];
