/**
 * Whether a string value could be taken for a value of another type when it stands in a cell without quotes:
 * `42`, `true`, `NULL`, `{2}`, nothing but spaces. Such a cell says its type.
 */
export function looksLikeAnotherType(text: string): boolean {
  if (text.length > 64) return false;
  return /^\s*$|^\s|\s$|^[+-]?\.?\d[\d.]*(e[+-]?\d+)?$|^(true|false|null|undefined|missing)$|^[[{"]/i.test(text);
}
