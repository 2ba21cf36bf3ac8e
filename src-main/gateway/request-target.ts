/** A request's target apart, at its first question mark; nothing is decoded. */
export function pathAndQuery(target: string): { path: string; query: string } {
  const question = target.indexOf('?');
  if (question < 0) return { path: target, query: '' };
  return { path: target.slice(0, question), query: target.slice(question + 1) };
}
