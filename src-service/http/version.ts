import { RolegateError } from '../../src-shared/errors.ts';

/**
 * Refuses clients that are too old to understand the answers.
 *
 * @param clientVersion what the `rolegate-version` header says; clients that say nothing are let in
 */
export function checkClientVersion(clientVersion: string | undefined, minimum: string): void {
  if (clientVersion === undefined || !isOlder(clientVersion, minimum)) return;
  throw new RolegateError(
    'bad_input',
    `This Rolegate is version ${clientVersion}, and the app-service needs ${minimum}.`,
    {
      hint: 'Update Rolegate.',
    },
  );
}

/** Compares `major.minor.patch`; anything else counts as old. */
export function isOlder(version: string, than: string): boolean {
  const [own, other] = [numbers(version), numbers(than)];
  for (let i = 0; i < 3; i++) {
    const difference = (own[i] ?? -1) - (other[i] ?? -1);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

function numbers(version: string): number[] {
  return (/^(\d{1,6})\.(\d{1,6})\.(\d{1,6})/.exec(version) ?? []).slice(1).map(Number);
}
