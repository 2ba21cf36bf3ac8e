import { compileRegex, quoteRegex } from './regex.ts';
import { evaluateTemplate, type GoodTemplate, parseTemplate, type TraitSources } from './template.ts';

export type Labels = Readonly<Record<string, string>>;
/**
 * What a role asks of labels, as it is written: for each key, the values it accepts. A value is plain text, a glob
 * with `*`, or a regular expression between `^` and `$`; keys and values may be templates.
 */
export type LabelMatchers = Readonly<Record<string, readonly string[]>>;

type ValueMatcher = (label: string) => boolean;

/** A label by its name; any app at all (`'*'`, as it is written); or a template that came to nothing. */
type WantedKey = { name: string } | 'any' | 'none';

/** A role's labels for one user: templates expanded, patterns compiled. */
export interface UserLabels {
  wanted: readonly { key: WantedKey; values: readonly ValueMatcher[] }[];
  /** Templates that came to nothing. What they stood for matches nothing. */
  problems: readonly string[];
}

/** Expands a role's labels for a user. */
export function labelsFor(matchers: LabelMatchers, traits: TraitSources): UserLabels {
  const problems: string[] = [];
  const wanted = Object.entries(matchers).map(([keyText, valueTexts]) => {
    return {
      key: keyFor(keyText, traits, problems),
      values: valueTexts.flatMap((text) => valueMatchers(text, traits, problems)),
    };
  });
  return { wanted, problems };
}

/** A key can have one value only; a trait's first. */
function keyFor(text: string, traits: TraitSources, problems: string[]): WantedKey {
  if (text === '*') return 'any';
  const [name] = expand(text, traits, problems);
  return name === undefined ? 'none' : { name };
}

/**
 * Whether an app's labels satisfy a role's: every key must match, by any one of its values. `'*': '*'` matches all
 * apps; no matchers at all match none.
 */
export function labelsMatch({ wanted }: Pick<UserLabels, 'wanted'>, labels: Labels): boolean {
  return (
    wanted.length > 0 &&
    wanted.every(({ key, values }) => {
      if (key === 'any') return values.length > 0;
      if (key === 'none') return false;
      const label = Object.hasOwn(labels, key.name) ? labels[key.name] : undefined;
      return label !== undefined && values.some((matches) => matches(label));
    })
  );
}

/** What is wrong with one key of a role's labels and its values, each a sentence. */
export function labelProblems(key: string, values: readonly string[]): string[] {
  if (key === '*') return values.join() === '*' ? [] : ["The label '*' can only have the value '*'."];
  const keyTemplate = parseTemplate(key);
  const problems = keyTemplate.ok ? [] : [keyTemplate.message];
  for (const value of values) {
    const template = parseTemplate(templateText(value));
    if (!template.ok) problems.push(template.message);
    else if (isRegex(template.isLiteral ? value : template.prefix + template.suffix)) {
      const source = template.isLiteral ? value : `${template.prefix}x${template.suffix}`;
      const regex = compileRegex(source);
      if (typeof regex === 'string') problems.push(`${regex.charAt(0).toUpperCase()}${regex.slice(1)}`);
    }
  }
  return problems;
}

function isRegex(text: string): boolean {
  return text.startsWith('^') && text.endsWith('$') && text.length > 1;
}

/** The braces of a regular expression without a template (`^a{2}$`) are its own. */
function templateText(value: string): string {
  return isRegex(value) && !value.includes('{{') ? '' : value;
}

function valueMatchers(text: string, traits: TraitSources, problems: string[]): ValueMatcher[] {
  const template = parseTemplate(templateText(text));
  if (!template.ok) {
    problems.push(template.message);
    return [];
  }
  if (template.isLiteral) return [isRegex(text) ? regexMatcher(text, problems) : globMatcher(text.split('*'))];
  const { values, problems: own } = evaluateTemplate(template, traits);
  problems.push(...own);
  return values.map((value) => expandedMatcher(template, value, problems));
}

/** What a role's author wrote round the braces may be a pattern; what stands for the braces is text. */
function expandedMatcher({ prefix, suffix }: GoodTemplate, value: string, problems: string[]): ValueMatcher {
  if (isRegex(prefix + suffix)) return regexMatcher(prefix + quoteRegex(value) + suffix, problems);
  const [before, after] = [prefix.split('*'), suffix.split('*')];
  const middle = `${before.at(-1)}${value}${after[0]}`;
  return globMatcher([...before.slice(0, -1), middle, ...after.slice(1)]);
}

function regexMatcher(source: string, problems: string[]): ValueMatcher {
  const regex = compileRegex(source);
  if (typeof regex !== 'string') return (label) => regex.matches(label);
  problems.push(regex);
  return () => false;
}

function globMatcher(parts: readonly string[]): ValueMatcher {
  return (label) => partsMatch(parts, label);
}

function expand(text: string, traits: TraitSources, problems: string[]): string[] {
  const template = parseTemplate(text);
  if (!template.ok) {
    problems.push(template.message);
    return [];
  }
  if (template.isLiteral) return [text];
  const expansion = evaluateTemplate(template, traits);
  problems.push(...expansion.problems);
  return expansion.values.map((value) => `${template.prefix}${value}${template.suffix}`);
}

/** Whether a text matches a pattern in which each `*` stands for any text, also none. */
export function globMatches(pattern: string, text: string): boolean {
  return partsMatch(pattern.split('*'), text);
}

/**
 * Whether a text is these parts with any text between them. Linear in the text's length: the parts are found greedily
 * from the left, so that no pattern can make it crawl.
 */
function partsMatch(parts: readonly string[], text: string): boolean {
  const [first = '', ...rest] = parts;
  if (rest.length === 0) return text === first;
  const last = rest.pop() ?? '';
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let position = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, position);
    if (found < 0) return false;
    position = found + part.length;
  }
  return position <= text.length - last.length;
}
