/** The invitation in what a person has pasted: itself, or the command that it came in. */
export function invitationIn(text: string): string | undefined {
  const found = /(?:^|--invitation[\s=]+)([\w-]{43})\s*$/.exec(text.trim());
  return found?.[1];
}
