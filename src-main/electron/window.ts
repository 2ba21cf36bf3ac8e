import { readFileSync } from 'node:fs';
import { BrowserWindow, nativeTheme, type Rectangle, screen } from 'electron';
import { writePrivateFile } from '../../src-shared/files/atomic-write.ts';
import { pageUrl } from './app-protocol.ts';

/** The window's colour until its page is drawn: the page's `--canvas`, so that nothing flashes. */
const background = { dark: '#0f1013', light: '#f3f4f6' };

export interface WindowOptions {
  preload: string;
  /** Where the window's place on the screen is remembered. */
  boundsFile: string;
}

/** The app's window: sandboxed, isolated, and bound to our page. */
export function createWindow({ preload, boundsFile }: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 840,
    ...rememberedBounds(boundsFile),
    minWidth: 720,
    minHeight: 480,
    title: 'Rolegate',
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
    },
  });
  const remember = () =>
    void writePrivateFile(boundsFile, JSON.stringify(window.getNormalBounds())).catch(() => undefined);
  window.on('resized', remember);
  window.on('moved', remember);
  void window.loadURL(pageUrl);
  return window;
}

/** Where the window was the last time, if that is still on a screen. */
function rememberedBounds(file: string): Rectangle | undefined {
  try {
    const { x, y, width, height } = JSON.parse(readFileSync(file, 'utf8')) as Rectangle;
    if (![x, y, width, height].every(Number.isSafeInteger)) return undefined;
    const { workArea } = screen.getDisplayMatching({ x, y, width, height });
    const reachable = x < workArea.x + workArea.width - 100 && x + width > workArea.x + 100;
    return reachable && y >= workArea.y - 10 && y < workArea.y + workArea.height - 50
      ? { x, y, width, height }
      : undefined;
  } catch {
    return undefined;
  }
}
