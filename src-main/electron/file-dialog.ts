import { join } from 'node:path';
import { app, type BrowserWindow, dialog } from 'electron';
import type { FileQuestion } from '../dynamodb/jobs/chosen-files.ts';

const filters = [
  { name: 'Items', extensions: ['jsonl', 'json', 'csv', 'gz', 'ndjson', 'tsv', 'txt'] },
  { name: 'All files', extensions: ['*'] },
];

/** The system's own dialog, over our window. What it answers is a path that the person has chosen, and nobody else. */
export async function askForFile(
  window: BrowserWindow | undefined,
  { to, title, name }: FileQuestion,
): Promise<string | undefined> {
  if (!window) return undefined;
  if (to === 'open') {
    const { canceled, filePaths } = await dialog.showOpenDialog(window, { title, filters, properties: ['openFile'] });
    return canceled ? undefined : filePaths[0];
  }
  const defaultPath = join(app.getPath('downloads'), name ?? '');
  const { canceled, filePath } = await dialog.showSaveDialog(window, { title, defaultPath });
  return canceled || filePath === '' ? undefined : filePath;
}
