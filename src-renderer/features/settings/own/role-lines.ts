import { roleArnProblem } from '../../../../src-shared/aws/arn.ts';

/** One line of the list of role ARNs, and what is wrong with it. */
export interface RoleLine {
  /** Number of the line, from 1. */
  line: number;
  text: string;
  problem?: { message: string; corrected?: string };
}

/** The lines of the box that hold something. White space around an ARN, and an ARN given twice, do no harm. */
export function roleLines(box: string): RoleLine[] {
  const seen = new Set<string>();
  const lines: RoleLine[] = [];
  box.split('\n').forEach((raw, index) => {
    const text = raw.trim();
    if (text === '' || seen.has(text)) return;
    seen.add(text);
    const problem = roleArnProblem(text);
    lines.push({ line: index + 1, text, ...(problem && { problem }) });
  });
  return lines;
}

/** The box with one line put right. */
export function withCorrection(box: string, { line, problem }: RoleLine): string {
  const lines = box.split('\n');
  lines[line - 1] = problem?.corrected ?? lines[line - 1] ?? '';
  return lines.join('\n');
}
