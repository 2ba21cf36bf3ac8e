/**
 * Tells whether a header has one of some names. Most headers do not, and of those the length tells it already: nothing is
 * made lower-case that need not be.
 *
 * @param names in lower case
 */
export function headerNames(names: Iterable<string>): (name: string) => boolean {
  const known = new Set(names);
  const hasLength = new Uint8Array(Math.max(...[...known].map(({ length }) => length)) + 1);
  for (const { length } of known) hasLength[length] = 1;
  return (name) => hasLength[name.length] === 1 && known.has(name.toLowerCase());
}

/** Whether a name is this one, however it is written. @param lowerCase the one */
export function isNamed(name: string, lowerCase: string): boolean {
  return name === lowerCase || name.toLowerCase() === lowerCase;
}
