/** What the runners' JSON reports say, in one shape; its types are in test-report.d.mts. */

/** The most lines of a failure's message that are shown again at the end. */
const messageLines = 12;

export function countVitest(report) {
  const failures = report.testResults.flatMap(({ name: file, assertionResults, status, message }) => {
    const failed = assertionResults.filter((one) => one.status === 'failed');
    // A file that could not even be loaded has no test to blame.
    if (failed.length === 0 && status === 'failed') return [failure(file, [message])];
    return failed.map(({ fullName, failureMessages }) => failure(`${file} › ${fullName}`, failureMessages));
  });
  return {
    passed: report.numPassedTests,
    failed: Math.max(report.numFailedTests, failures.length),
    skipped: report.numPendingTests + report.numTodoTests,
    failures,
  };
}

export function countPlaywright({ stats, suites, errors = [] }) {
  const failures = suites.flatMap((suite) => failedSpecs(suite, []));
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
    failures: [...failures, ...errors.map(({ message }) => failure('Playwright', [message]))],
  };
}

function failedSpecs({ title, specs = [], suites = [] }, above) {
  const path = [...above, title].filter(Boolean);
  const own = specs
    .filter(({ ok }) => !ok)
    .map(({ title: spec, tests }) => {
      const results = tests.flatMap((one) => one.results);
      const project = tests[0]?.projectName ? `[${tests[0].projectName}] ` : '';
      const messages = results.flatMap(({ errors }) => errors.map(({ message }) => message));
      return failure(`${project}${[...path, spec].join(' › ')}`, messages);
    });
  return [...own, ...suites.flatMap((suite) => failedSpecs(suite, path))];
}

function failure(name, messages) {
  const lines = messages.filter(Boolean).join('\n').replaceAll(terminalColours, '').split('\n');
  return { name, message: lines.slice(0, messageLines).join('\n') };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what the colours of a terminal begin with.
const terminalColours = /\u001b\[[0-9;]*m/g;
