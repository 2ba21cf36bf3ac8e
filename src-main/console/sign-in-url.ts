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
