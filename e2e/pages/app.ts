import { expect, type Locator, type Page } from '@playwright/test';
import type { Home } from '../../src-main/home/home.ts';
import type { Shell } from '../fixtures/shells.ts';
import { alice } from '../integration/test-engine.ts';

export const exampleRoleName = 'ExampleTeleportDynamoDBRole';

/** The app as a person sees it: where things are and what one does with them. Specs hold no selectors. */
export class App {
  readonly page: Page;
  readonly shell: Shell;
  readonly home: Home;

  constructor(shell: Shell, home: Home) {
    this.shell = shell;
    this.page = shell.page;
    this.home = home;
  }

  /** Waits until the first real screen is drawn. */
  async ready(): Promise<void> {
    await this.page.locator('html[data-app-state=loaded]').waitFor();
  }

  quit(): Promise<void> {
    return this.shell.quit();
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' });
  }

  get banner(): Locator {
    return this.page.getByRole('region', { name: 'SANDBOX', exact: true });
  }

  get header(): Locator {
    return this.page.getByRole('banner');
  }

  heading(name: string | RegExp): Locator {
    return this.page.getByRole('heading', { name });
  }

  // Login

  async logIn({ user, password } = alice): Promise<void> {
    await this.page.getByLabel('User', { exact: true }).fill(user);
    await this.page.getByLabel('Password', { exact: true }).fill(password);
    await this.button('Log in').click();
  }

  /** Types name and password, as at any app-service, and waits for what comes after. */
  async enter(who = alice): Promise<void> {
    await this.logIn(who);
    await this.heading('Applications').waitFor();
  }

  async logInAs(name: string): Promise<void> {
    await this.button(`Log in as ${name}`).click();
    await this.heading('Applications').waitFor();
  }

  async logOut(): Promise<void> {
    await this.openUserMenu('Log out');
    await this.heading(/^Log in/).waitFor();
  }

  /** Notes from now on whether the app comes before other apps' windows. */
  async noteFocus(): Promise<void> {
    await this.shell.electron?.evaluate(({ app }) => {
      app.focus = () => void Object.assign(globalThis, { cameToFront: true });
    });
  }

  async cameToFront(): Promise<boolean> {
    return this.shell.electron?.evaluate(() => 'cameToFront' in globalThis) ?? false;
  }

  /** The address at which the browser is to sign on: what was opened, or what is shown where nothing can be. */
  async openedForSignOn(times = 1): Promise<string> {
    if (!this.shell.electron) return (await this.page.getByText(/^https:\/\/.*\/v1\/sso\/go\//).textContent()) ?? '';
    await expect.poll(() => this.shell.opened()).toHaveLength(times);
    return (await this.shell.opened()).at(-1) ?? '';
  }

  async openUserMenu(item: string): Promise<void> {
    await this.header.getByRole('button', { name: /^User/ }).click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  // Roles

  get roles(): Locator {
    return this.page.getByRole('grid', { name: 'IAM roles' });
  }

  role(name: string): Locator {
    return this.roles.getByRole('row').filter({ hasText: name });
  }

  /** Clicks a role and waits for its workspace. */
  async startRole(name = exampleRoleName): Promise<void> {
    await this.role(name).getByRole('gridcell', { name, exact: true }).click();
    await this.tableList.waitFor();
  }

  /** Logs in as alice and starts the example role. */
  async startWork(): Promise<void> {
    await this.logInAs('alice');
    await this.startRole();
  }

  // Workspace

  get tableList(): Locator {
    return this.page.getByRole('listbox', { name: 'Tables' });
  }

  async tableNames(): Promise<string[]> {
    return this.tableList.getByRole('option').allTextContents();
  }

  async openTable(name: string): Promise<Locator> {
    await this.tableList.getByRole('option', { name, exact: true }).click();
    const grid = this.page.getByRole('grid', { name: `Items of ${name}` });
    await grid.getByRole('gridcell').first().waitFor();
    return grid;
  }

  /** Makes a table with a partition key that is text. */
  async createTable(name: string, key: string): Promise<void> {
    await this.button('Create a table').click();
    const dialog = this.page.getByRole('dialog', { name: 'Create a table' });
    await dialog.getByLabel('Table name').fill(name);
    await dialog.getByRole('textbox', { name: 'Partition key: name' }).fill(key);
    await dialog.getByRole('button', { name: 'Create the table' }).click();
    await this.page.getByText(`${name} is empty`).waitFor();
  }

  /** What the system's file dialog answers from now on: nobody can click it in a test. */
  async answerFileDialog(path: string): Promise<void> {
    await this.shell.electron?.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath });
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] });
    }, path);
  }

  /** Opens the dialog of a job on the table in front. */
  async beginJob(item: string): Promise<Locator> {
    await this.page.getByRole('button', { name: 'Export, import' }).click();
    await this.page.getByRole('menuitem', { name: item }).click();
    return this.page.getByRole('dialog').last();
  }

  /** A job in the list, which has to be open. */
  job(title: string): Locator {
    return this.page.getByRole('article', { name: title }).first();
  }

  /** Where one says what to read of the table in front. */
  get bar(): Locator {
    return this.page.getByRole('search');
  }

  get whatWasRead(): Locator {
    return this.page.getByRole('region', { name: 'What was read' });
  }

  /** Adds a condition to the filter. */
  async addCondition(attribute: string, value: string, operator = '='): Promise<void> {
    await this.bar.getByRole('button', { name: 'Filter', exact: true }).click();
    await this.bar.getByRole('combobox', { name: 'Attribute' }).last().fill(attribute);
    await this.bar.getByRole('combobox', { name: 'Comparison', exact: true }).last().click();
    await this.page.getByRole('option', { name: operator, exact: true }).click();
    await this.bar.getByRole('textbox', { name: 'Value' }).last().fill(value);
  }

  get stageBar(): Locator {
    return this.page.getByRole('toolbar', { name: 'Staged changes' });
  }

  /** The form in which an item is edited, or a new one is made. */
  get itemForm(): Locator {
    return this.page.getByRole('form', { name: /Edit the item|New item/ });
  }

  get inspector(): Locator {
    return this.page.getByRole('complementary', { name: 'Item' });
  }

  async chooseRegion(region: string): Promise<void> {
    await this.button(/^Region/).click();
    await this.page.getByRole('combobox', { name: /region/i }).fill(region);
    await this.page.getByRole('option', { name: region, exact: true }).click();
    await expect(this.button(`Region ${region}`)).toBeVisible();
  }

  /** Turns a switch on or off and waits until it is: it follows what the engine says. */
  async turn(name: string, on: boolean): Promise<void> {
    const control = this.page.getByRole('switch', { name });
    await control.click();
    await expect(control).toBeChecked({ checked: on });
  }

  /** One of the values that a tool has to be told. */
  setting(name: string): Locator {
    return this.page.getByRole('term').filter({ hasText: name }).locator('xpath=following-sibling::dd[1]');
  }

  /** The session's local keys, as Connect shows them. */
  async localKeys(): Promise<{ accessKeyId: string; secretAccessKey: string }> {
    await this.button('Show the secret key').click();
    const accessKeyId = (await this.setting('Access key ID').textContent()) ?? '';
    const secretAccessKey = (await this.setting('Secret access key').textContent()) ?? '';
    await this.button('Hide the secret key').click();
    return { accessKeyId, secretAccessKey };
  }

  async openConnect(mode: 'HTTPS proxy' | 'AWS endpoint' = 'HTTPS proxy'): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Session' }).getByRole('button', { name: 'Connect' }).click();
    await this.page.getByRole('radio', { name: new RegExp(`^${mode}`) }).check();
    await expect(this.page.getByRole('status').filter({ hasText: /Running on/ })).toBeVisible();
  }

  /** The text of a ready snippet, as its copy button copies it. */
  async snippet(title: string): Promise<string> {
    return this.copy(`Copy ${title}`, this.home.folder);
  }

  /** Copies with a button. All apps of a screen share its clipboard, so what comes is checked for what it must hold. */
  async copy(button: string, marker: string): Promise<string> {
    let text = '';
    await expect(async () => {
      await this.button(button).click();
      text = await this.clipboard();
      expect(text).toContain(marker);
    }).toPass();
    return text;
  }

  private clipboard(): Promise<string> {
    return this.shell.electron
      ? this.shell.electron.evaluate(({ clipboard }) => clipboard.readText())
      : this.page.evaluate<string>('navigator.clipboard.readText()');
  }

  async openSettings(section: string): Promise<void> {
    await this.openUserMenu('Settings');
    await this.settingsSection(section);
  }

  async settingsSection(section: string): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Settings' }).getByRole('button', { name: section }).click();
    await this.page.getByRole('heading', { name: section, level: 1 }).waitFor();
  }

  // Administration

  async openAdministration(section: string): Promise<void> {
    await this.openUserMenu('Administration');
    await this.page.getByRole('navigation', { name: 'Administration' }).getByRole('button', { name: section }).click();
    await this.page.getByRole('heading', { name: section, level: 1 }).waitFor();
  }

  async openAudit(): Promise<void> {
    await this.openUserMenu('Audit log');
    await this.page.getByRole('heading', { name: 'Audit log', level: 1 }).waitFor();
  }

  /** Opens a resource in its editor. @param reference kind and name: `role/editor` */
  async openResource(reference: string): Promise<Locator> {
    const name = reference.slice(reference.indexOf('/') + 1);
    await this.page.getByRole('option', { name }).click();
    const editor = this.page.getByRole('textbox', { name: `YAML of ${reference}` });
    await editor.waitFor();
    return editor;
  }

  /** Puts a text in the place of what is in an editor. */
  async replaceText(editor: Locator, text: string): Promise<void> {
    await editor.click();
    await this.page.keyboard.press('ControlOrMeta+a');
    // Written over, Chromium would give the new text the style of the old one, which the page's policy forbids.
    await this.page.keyboard.press('Delete');
    await this.page.keyboard.insertText(text);
  }

  toast(text: string | RegExp): Locator {
    return this.page.getByRole('region', { name: 'Notifications' }).getByText(text);
  }
}
