/** Forms with more parameters than any client sends are not read to their end. */
const maxParameters = 20_000;
const and = 0x26;
const equals = 0x3d;

/**
 * The values that a form (a query, or a body of the query protocol) gives to a parameter, each once, without taking
 * the rest of it apart: bodies can be megabytes long.
 *
 * @returns undefined when the form is too long to be sure
 */
export function formValues(form: Uint8Array, name: string): string[] | undefined {
  const values = new Set<string>();
  let start = 0;
  for (let count = 0; start <= form.length; count += 1) {
    if (count === maxParameters) return undefined;
    const found = form.indexOf(and, start);
    const end = found < 0 ? form.length : found;
    // A name can be percent-encoded, three characters for one.
    const equalsAt = form.subarray(start, Math.min(end, start + name.length * 3 + 1)).indexOf(equals);
    if (equalsAt >= 0 && decoded(form.subarray(start, start + equalsAt)) === name) {
      values.add(decoded(form.subarray(start + equalsAt + 1, Math.min(end, start + 4_096))));
    }
    start = end + 1;
  }
  return [...values];
}

function decoded(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  if (!/[%+]/.test(text)) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
