import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, type BrowserWindow, nativeTheme } from 'electron';
import { findHome } from '../home/home.ts';
import { rememberedTheme } from '../home/remembered-theme.ts';
import { registerPageScheme, servePage } from './app-protocol.ts';
import { connectCalls } from './calls.ts';
import { type EngineProcess, startEngineProcess } from './engine-process.ts';
import { openExternal } from './external.ts';
import { askForFile } from './file-dialog.ts';
import { receiveLinks } from './links.ts';
import { lockDown } from './lockdown.ts';
import { setMenu } from './menu.ts';
import { notify } from './notify.ts';
import { createWindow } from './window.ts';

/** Electron's composition root: one window, one engine process, and the wires between them. */

const home = findHome(process.env);
const rendererFolder = fileURLToPath(new URL('../renderer', import.meta.url));
const preload = fileURLToPath(new URL('../preload/preload.cjs', import.meta.url));

// Whoever starts it with --no-sandbox (root in a container has to) means it; the window's own setting stays.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
registerPageScheme();
// Each home has a profile of its own, and with it a lock of its own: two homes can be open side by side.
app.setPath('userData', join(home.folder, 'window'));

let window: BrowserWindow | undefined;
let engine: EngineProcess | undefined;
const takeLinks = receiveLinks({ engine: () => engine, window: () => window });

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', (_event, argv) => {
    focusWindow();
    takeLinks(argv);
  });
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', stopEngineFirst);
  app.whenReady().then(start);
} else {
  app.quit();
}

function start(): void {
  // First, because the login screen waits for it; the window is made while it starts.
  let serviceUrl: string | undefined;
  engine = startEngineProcess({
    openExternal: (address) => openExternal(address, serviceUrl),
    comeToFront: focusWindow,
    askForFile: (question) => askForFile(window, question),
    notify: (title, body) => notify(title, body, focusWindow),
  });
  lockDown();
  servePage(rendererFolder);
  engine.onState(({ slices, removed }) => {
    if (slices.serviceUrl !== undefined) serviceUrl = slices.serviceUrl;
    else if (removed.includes('serviceUrl')) serviceUrl = undefined;
    if (slices.theme !== undefined) nativeTheme.themeSource = slices.theme;
  });
  nativeTheme.themeSource = rememberedTheme(home.settingsFile);
  window = createWindow({ preload, boundsFile: join(home.folder, 'window.json') });
  window.once('closed', () => {
    window = undefined;
  });
  connectCalls(window.webContents, engine);
  takeLinks(process.argv);
  setMenu();
}

function focusWindow(): void {
  if (window?.isMinimized()) window.restore();
  window?.show();
  // On macOS a window comes before another app's only with its app.
  app.focus({ steal: true });
  window?.focus();
}

/** The engine lets go of its ports and files before the app ends. It is given three seconds. */
function stopEngineFirst(event: { preventDefault(): void }): void {
  const ending = engine;
  if (!ending) return;
  event.preventDefault();
  engine = undefined;
  void ending.stop().finally(() => app.quit());
}
