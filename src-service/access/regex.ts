import { RE2JS } from 're2js';
import { memoize } from '../../src-shared/memoize.ts';

/** A regular expression in RE2's syntax, whose time grows with the text alone, whatever the expression. */
export interface LinearRegex {
  /** Whether it matches the whole text. */
  matches(text: string): boolean;
  /**
   * Replaces every match. `$1`, `${1}`, `$name` and `${name}` stand for groups, `$$` for a dollar sign; a group that
   * is not there is empty. Source: Go's regexp.Expand, by which role templates go.
   *
   * @returns undefined when nothing matches
   */
  replaceAll(text: string, replacement: string): string | undefined;
}

const maxLength = 1_000;

/** @returns a sentence where it is no regular expression */
export const compileRegex: (source: string) => LinearRegex | string = memoize(compile, 2_000);

function compile(source: string): LinearRegex | string {
  if (source.length > maxLength) return `a regular expression may have ${maxLength} characters at most.`;
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(source);
  } catch (error) {
    const reason = (error as Error).message.replace(/^error parsing regexp: /, '');
    return `"${source}" is no regular expression (RE2): ${reason}.`;
  }
  return {
    matches: (text: string) => compiled.testExact(text),
    replaceAll: (text: string, replacement: string) => replaceAll(compiled, text, replacement),
  };
}

/** A text as a regular expression that matches nothing but it. */
export function quoteRegex(text: string): string {
  return RE2JS.quote(text);
}

function replaceAll(regex: RE2JS, text: string, replacement: string): string | undefined {
  const names = regex.namedGroups() as Record<string, number>;
  const matcher = regex.matcher(text);
  let result = '';
  let copiedTo = 0;
  let lastEnd = -1;
  while (matcher.find()) {
    const [start, end] = [matcher.start(), matcher.end()];
    // Right after a match there is no empty one.
    if (start === end && start === lastEnd) continue;
    result += text.slice(copiedTo, start);
    result += expand(replacement, (group) => {
      const index = /^\d{1,9}$/.test(group) ? Number(group) : Object.hasOwn(names, group) ? names[group] : undefined;
      return index !== undefined && index <= matcher.groupCount() ? (matcher.group(index) ?? '') : '';
    });
    copiedTo = end;
    lastEnd = end;
  }
  return lastEnd < 0 ? undefined : result + text.slice(copiedTo);
}

function expand(replacement: string, group: (name: string) => string): string {
  return replacement.replace(/\$(?:\$|\{(\w+)\}|(\w+))/g, (whole, braced?: string, plain?: string) =>
    whole === '$$' ? '$' : group(braced ?? plain ?? ''),
  );
}
