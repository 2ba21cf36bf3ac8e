import { start } from './app/start.tsx';
import { browserBridge } from './bridge/browser.ts';
import { electronBridge } from './bridge/electron.ts';

start(electronBridge() ?? browserBridge());
