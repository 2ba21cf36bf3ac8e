import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: ['e2e/integration/prepared-data.ts'],
    include: ['src-*/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts', 'e2e/**/*.test.ts'],
    // Tests start real listeners, real engines and real clients; two at a time is what two cores carry.
    maxWorkers: 2,
    env: {
      // The SDK's note about Node versions to come is for those who choose the version.
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
    // These end what hangs; how long something takes on a busy machine is no reason to fail.
    testTimeout: 60_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 20_000 } },
  },
});
