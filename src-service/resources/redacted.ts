/** What stands in the place of a secret. Written back, it means the secret that is stored already. */
export const redactedSecret = '********';

/** A secret name, with as much of it as tells it from others. */
export function redactedName(name: string): string {
  return `${redactedSecret}${name.slice(-4)}`;
}

/** Whether a name is what {@link redactedName} makes of one. */
export function isRedactedName(name: string): boolean {
  return name.startsWith(redactedSecret) && name.length <= redactedSecret.length + 4;
}
