/** What stands where the secret key is not shown. */
export const maskedSecret = '•'.repeat(32);

/**
 * A text without the secret key in it, for the screen; what is copied is the text itself. Nothing is shown before
 * it is known what to leave out.
 */
export function withoutSecret(text: string, secret: string | undefined): string {
  if (secret === undefined) return '';
  return secret === '' ? text : text.replaceAll(secret, maskedSecret);
}
