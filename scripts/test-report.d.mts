/** A test and the beginning of what it failed with. */
export interface Failure {
  name: string;
  message: string;
}
/** What a runner's report says, in one shape. */
export interface Counted {
  passed: number;
  failed: number;
  skipped: number;
  failures: Failure[];
}
/** @param report what Vitest's `json` reporter writes */
export function countVitest(report: unknown): Counted;
/** @param report what Playwright's `json` reporter writes */
export function countPlaywright(report: unknown): Counted;
