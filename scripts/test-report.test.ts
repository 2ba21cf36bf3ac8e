import { describe, expect, it } from 'vitest';
import { countPlaywright, countVitest } from './test-report.mjs';

describe('the report of a test run', () => {
  it('names what failed in Vitest, with the beginning of its message and without colours', () => {
    const counted = countVitest({
      numPassedTests: 2,
      numFailedTests: 1,
      numPendingTests: 1,
      numTodoTests: 0,
      testResults: [
        {
          name: 'a.test.ts',
          status: 'failed',
          message: '',
          assertionResults: [
            { status: 'passed', fullName: 'a works', failureMessages: [] },
            {
              status: 'failed',
              fullName: 'a breaks',
              failureMessages: [`\u001b[31mno\u001b[39m\n${'x\n'.repeat(50)}`],
            },
          ],
        },
      ],
    });
    expect(counted).toMatchObject({ passed: 2, failed: 1, skipped: 1 });
    expect(counted.failures.map(({ name }) => name)).toEqual(['a.test.ts › a breaks']);
    expect(counted.failures[0]?.message).toMatch(/^no\nx\n/);
    expect(counted.failures[0]?.message.split('\n')).toHaveLength(12);
  });

  it('counts a file that cannot be loaded as a failure', () => {
    const counted = countVitest({
      numPassedTests: 0,
      numFailedTests: 0,
      numPendingTests: 0,
      numTodoTests: 0,
      testResults: [{ name: 'b.test.ts', status: 'failed', message: 'cannot be read', assertionResults: [] }],
    });
    expect(counted.failed).toBe(1);
    expect(counted.failures).toEqual([{ name: 'b.test.ts', message: 'cannot be read' }]);
  });

  it('names what failed in Playwright, with its project and the groups that it is in', () => {
    const failed = { projectName: 'dark', results: [{ errors: [{ message: 'not seen' }] }] };
    const counted = countPlaywright({
      stats: { expected: 4, unexpected: 1, flaky: 0, skipped: 2 },
      suites: [
        {
          title: 'c.spec.ts',
          specs: [{ title: 'is there', ok: true, tests: [] }],
          suites: [{ title: 'a group', specs: [{ title: 'is drawn', ok: false, tests: [failed] }] }],
        },
      ],
    });
    expect(counted).toEqual({
      passed: 4,
      failed: 1,
      skipped: 2,
      failures: [{ name: '[dark] c.spec.ts › a group › is drawn', message: 'not seen' }],
    });
  });
});
