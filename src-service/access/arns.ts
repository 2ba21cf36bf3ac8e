import { parseRoleArn, roleArnProblem, withBothColons } from '../../src-shared/aws/arn.ts';
import { partitionById } from '../../src-shared/aws/partitions.ts';
import { globMatches } from './labels.ts';
import { expandTemplate, parseTemplate, type TraitSources } from './template.ts';

/** The ARNs of one side of a role for one user: templates expanded. */
export interface UserArns {
  /** Every ARN that is named exactly, with the entry that names it. */
  exact: ReadonlyMap<string, string>;
  /** Patterns, which a role's author wrote as such. */
  globs: readonly string[];
  /** `*`: every IAM role (in deny only). */
  any: boolean;
  /** Entries, or values of them, that came to nothing because something is missing or wrong. */
  problems: readonly string[];
  /** Values that a regular expression of the entry left out. */
  leftOut: readonly string[];
}

/** Which entries mean something in a list of ARNs. */
export interface ArnSyntax {
  /** `*` alone. */
  any: boolean;
  /** `arn:aws:iam::123456789012:role/team-*`. */
  globs: boolean;
}

/** Expands the entries of a role's `aws_role_arns` for a user. */
export function arnsFor(entries: readonly string[], syntax: ArnSyntax, traits: TraitSources): UserArns {
  const exact = new Map<string, string>();
  const globs: string[] = [];
  const problems: string[] = [];
  const leftOut: string[] = [];
  let any = false;
  for (const entry of entries) {
    if (entry === '*' && syntax.any) any = true;
    else if (syntax.globs && isArnGlob(entry)) globs.push(entry);
    else {
      const template = parseTemplate(entry);
      if (!template.ok) {
        problems.push(template.message);
        continue;
      }
      const expansion = expandTemplate(template, traits);
      for (const value of expansion.values) if (!exact.has(value)) exact.set(value, entry);
      problems.push(...expansion.problems);
      leftOut.push(...expansion.leftOut);
    }
  }
  return { exact, globs, any, problems, leftOut };
}

/** The entry that covers an ARN, if one does. */
export function coveringEntry(arns: UserArns, roleArn: string): string | undefined {
  if (arns.any) return '*';
  const entry = arns.exact.get(roleArn);
  if (entry !== undefined || arns.globs.length === 0) return entry;
  // A pattern's `*` must not make up for what is no ARN of a role.
  return parseRoleArn(roleArn) ? arns.globs.find((glob) => globMatches(glob, roleArn)) : undefined;
}

/** What is wrong with an entry of `aws_role_arns`, in a sentence, and the corrected text where it can be told. */
export function arnEntryProblem(text: string, syntax: ArnSyntax): { message: string; corrected?: string } | undefined {
  if (text === '*') {
    if (syntax.any) return undefined;
    return { message: 'A wildcard is not allowed in aws_role_arns: name the IAM roles that may be assumed.' };
  }
  const template = parseTemplate(text);
  if (!template.ok) return { message: template.message };
  const hasStar = (template.isLiteral ? text : template.prefix + template.suffix).includes('*');
  if (hasStar) return globProblem(text, template.isLiteral, syntax);
  if (template.isLiteral) return roleArnProblem(text);
  const corrected = withBothColons(text);
  return corrected === undefined
    ? undefined
    : { message: `"${text}" has one colon too few: IAM ARNs have no region.`, corrected };
}

function globProblem(text: string, isLiteral: boolean, syntax: ArnSyntax): { message: string } | undefined {
  if (!isLiteral) return { message: `"${text}" is a template with a * in it. A pattern is written without templates.` };
  if (!syntax.globs) {
    return { message: `"${text}" is a pattern. To use patterns, set aws_role_globs: true in the role's options.` };
  }
  if (isArnGlob(text)) return undefined;
  return {
    message:
      `"${text}" is no pattern for IAM roles. Account and partition are written out, ` +
      'as in arn:aws:iam::123456789012:role/team-*.',
  };
}

function isArnGlob(text: string): boolean {
  const match = /^arn:([a-z-]+):iam::\d{12}:role\/([\w+=,.@/*-]+)$/.exec(text);
  return match !== null && (match[2] ?? '').includes('*') && partitionById(match[1] ?? '') !== undefined;
}
