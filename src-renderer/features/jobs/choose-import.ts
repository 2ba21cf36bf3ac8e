import type { ChosenFile } from '../../../src-shared/contracts/jobs.ts';
import type { RolegateClient } from '../../bridge/client.ts';

type Chosen = Extract<ChosenFile, { is: 'chosen' }>;

const pieceBytes = 512 * 1024;

/**
 * Lets the person choose a file to import: by the system's dialog, or where the program has none by the browser's, from
 * which the file goes over piece by piece.
 *
 * @returns undefined when nothing was chosen
 */
export async function chooseImport(client: RolegateClient): Promise<Chosen | undefined> {
  const chosen = await client.act('jobs.chooseFile', { to: 'import' });
  if (chosen.is === 'chosen') return chosen;
  if (chosen.is === 'cancelled') return undefined;
  const file = await pickedFile();
  return file && upload(client, file);
}

function pickedFile(): Promise<File | undefined> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.addEventListener('change', () => resolve(input.files?.[0]));
    input.addEventListener('cancel', () => resolve(undefined));
    input.click();
  });
}

async function upload(client: RolegateClient, file: File): Promise<Chosen> {
  let fileId: string | undefined;
  for (let offset = 0; offset === 0 || offset < file.size; offset += pieceBytes) {
    const base64 = await base64Of(file.slice(offset, offset + pieceBytes));
    const piece = { name: file.name, offset, base64, ...(fileId !== undefined && { fileId }) };
    ({ fileId } = await client.act('jobs.upload', piece));
  }
  return { is: 'chosen', fileId: fileId ?? '', name: file.name, bytes: file.size };
}

function base64Of(piece: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result).replace(/^[^,]*,/, '')));
    reader.addEventListener('error', () => reject(reader.error));
    reader.readAsDataURL(piece);
  });
}
