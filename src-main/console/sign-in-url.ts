import { partitionById } from '../../src-shared/aws/partitions.ts';
import { RolegateError } from '../../src-shared/errors.ts';

/**
 * Whether a link may be opened as a console sign-in: on the sign-in host of the role's partition, or on the
 * sandbox's console while the sandbox is in use. The app-service that made the link is not taken at its word.
 *
 * @param sandboxOrigin where the sandbox's console answers, in the sandbox only
 * @throws RolegateError `unavailable` for any other address
 */
export function requireSignInUrl(link: string, partition: string, sandboxOrigin: string | undefined): URL {
  const url = URL.canParse(link) ? new URL(link) : undefined;
  const signinHost = partitionById(partition)?.signinHost;
  const isAws =
    url?.protocol === 'https:' && url.host === signinHost && url.pathname === '/federation' && url.username === '';
  const isSandbox = sandboxOrigin !== undefined && url?.origin === sandboxOrigin;
  if (url && (isAws || isSandbox)) return url;
  throw new RolegateError('unavailable', 'The app-service gave a console link that does not lead to AWS.', {
    hint: 'It was not opened. Tell whoever runs the app-service.',
    retryable: false,
  });
}

/**
 * Whether a sign-in leads to the page that was asked for, in the console of the role's partition, or in the sandbox's
 * while the sandbox is in use.
 *
 * @throws RolegateError `unavailable` where it leads elsewhere
 */
export function requireDestination(
  signIn: URL,
  partition: string,
  { page, fragment }: { page: string; fragment: string },
  sandboxOrigin: string | undefined,
): void {
  const text = signIn.searchParams.get('Destination') ?? '';
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const host = partitionById(partition)?.consoleHost;
  const isAws = url?.protocol === 'https:' && (url.host === host || url.host.endsWith(`.${host}`));
  const isSandbox = sandboxOrigin !== undefined && url?.origin === sandboxOrigin;
  const isRight = url?.username === '' && url.pathname === `/${page}` && url.hash === `#${fragment}`;
  if (isRight && (isAws || isSandbox)) return;
  throw new RolegateError('unavailable', 'The app-service gave a console link that leads to another page.', {
    hint: 'It was not opened. Tell whoever runs the app-service.',
    retryable: false,
  });
}
