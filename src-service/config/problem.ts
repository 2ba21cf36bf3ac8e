import { RolegateError } from '../../src-shared/errors.ts';

/** Something wrong in a configuration document, at a place a person can go to. */
export interface Problem {
  file: string;
  /** Counted from 1. */
  line: number;
  /** Counted from 1. */
  column: number;
  /** The way to the field, where it is one. */
  field?: string | undefined;
  message: string;
  /** The corrected text, where it can be told. */
  corrected?: string | undefined;
}

/** All that is wrong with a document, in one error: nobody likes to mend a file one line at a time. */
export function problemsError(problems: readonly Problem[]): RolegateError {
  return new RolegateError('bad_input', problems.map(formatProblem).join('\n'), {
    hint: problems.length === 1 ? undefined : `${problems.length} places need to be mended.`,
  });
}

/** `roles.yaml:7:9: … Write arn:aws:iam::123456789000:role/x.` */
export function formatProblem(problem: Problem): string {
  const correction = problem.corrected === undefined ? '' : ` Write:\n${indent(problem.corrected)}`;
  return `${problem.file}:${problem.line}:${problem.column}: ${problem.message}${correction}`;
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}
