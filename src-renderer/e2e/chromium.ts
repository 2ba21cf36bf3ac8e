// biome-ignore lint/style/noRestrictedImports: this runs in Node, beside the page and not in it.
import { existsSync } from 'node:fs';

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

/** The system's Chromium, and how to start it so that it asks nobody for anything. */
export const chromium = {
  isThere: existsSync(executablePath),
  missing: `There is no Chromium at ${executablePath}; CHROMIUM_PATH can name another.`,
  options: {
    executablePath,
    args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--no-first-run'],
  },
};
