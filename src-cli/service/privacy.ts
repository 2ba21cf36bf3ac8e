import { stat } from 'node:fs/promises';
import type { ServiceConfig } from '../../src-service/config/service-config.ts';
import { kindDefinition } from '../../src-service/resources/kinds.ts';
import type { LoadedDocument } from '../../src-service/resources/load-resources.ts';

/** Says which files with secrets in them may be read by others than the service's user and group. */
export async function privacyNotes(
  file: string,
  { tls, proxy }: ServiceConfig,
  resources: readonly LoadedDocument[],
): Promise<string[]> {
  if (process.platform === 'win32') return [];
  const secret = new Map<string, string>();
  if (tls) secret.set(tls.keyFile, 'the key of the certificate');
  if (/:\/\/[^/]*:[^/]*@/.test(proxy?.url ?? '')) secret.set(file, 'the password of the proxy');
  for (const one of resources) if (hasSecret(one)) secret.set(one.file, 'secrets of a connector');
  const notes = await Promise.all(
    [...secret].map(async ([path, what]) => {
      const found = await stat(path).catch(() => undefined);
      return found && (found.mode & 0o004) !== 0
        ? [`${path} holds ${what}, and everybody on this host may read it: chmod o-r.`]
        : [];
    }),
  );
  return notes.flat();
}

function hasSecret({ document }: LoadedDocument): boolean {
  return (kindDefinition(document.kind).secrets ?? []).some((path) => {
    let value: unknown = document.spec;
    for (const step of path) value = (value as Record<string, unknown> | undefined)?.[step];
    return typeof value === 'string';
  });
}
