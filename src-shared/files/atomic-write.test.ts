import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { makePrivateFolder, writeFileAtomically, writePrivateFile } from './atomic-write.ts';

describe.skipIf(process.platform === 'win32')('writing files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rolegate-files-'));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const mode = (file: string) => statSync(file).mode & 0o777;

  it('makes private files in private folders', async () => {
    const file = join(folder, 'a', 'b', 'secret.json');
    await writePrivateFile(file, '{}');
    expect(readFileSync(file, 'utf8')).toBe('{}');
    expect(mode(file)).toBe(0o600);
    expect(mode(join(folder, 'a', 'b'))).toBe(0o700);
  });

  it('replaces what was there, permissions included, and leaves nothing beside it', async () => {
    await makePrivateFolder(folder);
    const file = join(folder, 'x');
    writeFileSync(file, 'old', { mode: 0o644 });
    await writeFileAtomically(file, 'new');
    expect(readFileSync(file, 'utf8')).toBe('new');
    expect(mode(file)).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['x']);
  });

  it('leaves the old file when the new one cannot take its place', async () => {
    await makePrivateFolder(join(folder, 'taken'));
    await expect(writeFileAtomically(join(folder, 'taken'), 'x')).rejects.toThrow();
    expect(readdirSync(folder)).toEqual(['taken']);
  });
});
