/** How many session colours styles/tokens.css has. */
export const colourCount = 8;

/**
 * Gives each role without a colour the one that the fewest roles of `roleArns` have, so that sessions side by side
 * look different for as long as there are enough colours. A role that has one keeps it for good.
 */
export function assignColours(
  known: Readonly<Record<string, number>>,
  roleArns: readonly string[],
): Readonly<Record<string, number>> {
  const missing = roleArns.filter((arn) => known[arn] === undefined);
  if (missing.length === 0) return known;
  const colours: Record<string, number> = { ...known };
  for (const arn of missing) {
    const uses = Array.from(
      { length: colourCount },
      (_, colour) => roleArns.filter((a) => colours[a] === colour).length,
    );
    colours[arn] = uses.indexOf(Math.min(...uses));
  }
  return colours;
}
