/**
 * Puts a text on the clipboard.
 *
 * @returns false when the browser does not let us, so that the caller can say so.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
