import type { ConnectorCheck } from '../../../src-shared/contracts/sign-on-api.ts';
import { RolegateError } from '../../../src-shared/errors.ts';

/**
 * Tries one thing after another, up to the first that goes wrong.
 *
 * @param steps what is tried, and a function that gives a detail to show or throws
 */
export async function runChecks(
  steps: readonly [string, () => Promise<string | undefined>][],
): Promise<ConnectorCheck[]> {
  const checks: ConnectorCheck[] = [];
  for (const [what, run] of steps) {
    try {
      const detail = await run();
      checks.push({ what, ok: true, ...(detail !== undefined && { detail }) });
    } catch (error) {
      checks.push({ what, ok: false, detail: sentence(error) });
      break;
    }
  }
  return checks;
}

/** What went wrong with a provider, as one plain line: its own words may hold anything. */
export function sentence(error: unknown): string {
  if (error instanceof RolegateError) return plainLine([error.message, error.hint].filter(Boolean).join(' '));
  const { message, cause } = error as { message?: string; cause?: unknown };
  const inner = cause instanceof Error && cause.message !== message ? ` (${cause.message})` : '';
  return plainLine(`${message ?? String(error)}${inner}`);
}

/** Text from elsewhere without control characters, cut to what one line of a report can hold. */
export function plainLine(text: string, longest = 400): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').slice(0, longest);
}
