const unitMs: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1_000 };

/**
 * Reads a duration such as `8h`, `30m` or `1h30m0s`.
 *
 * @returns milliseconds, or undefined when it is no duration
 */
export function parseDuration(text: string): number | undefined {
  if (!/^(?:\d+(?:\.\d+)?[hms])+$/.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)([hms])/g)) {
    total += Number(amount) * (unitMs[unit ?? ''] ?? 0);
  }
  return Math.round(total);
}

/** A duration as people write it: `8h`, `90m`, `45s`. @param milliseconds whole seconds */
export function durationText(milliseconds: number): string {
  const unit = (['h', 'm'] as const).find((one) => milliseconds % (unitMs[one] ?? 1) === 0) ?? 's';
  return `${Math.round(milliseconds / (unitMs[unit] ?? 1))}${unit}`;
}
