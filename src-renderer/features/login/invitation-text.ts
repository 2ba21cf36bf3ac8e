/** The invitation in what a person has pasted: itself, or the command that it came in. */
export function invitationIn(text: string): string | undefined {
  const found = /(?:^|--invitation[\s=]+)([\w-]{43})\s*$/.exec(text.trim());
  return found?.[1];
}

/** The service that a command with an invitation is for, as `https://host:port`. */
export function serviceIn(text: string): string | undefined {
  const found = /--service[\s=]+(\S+)/.exec(text)?.[1] ?? '';
  const address = /^https:\/\//i.test(found) ? found : `https://${found}`;
  return found !== '' && URL.canParse(address) ? new URL(address).origin : undefined;
}
