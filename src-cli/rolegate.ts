#!/usr/bin/env node
import { CommanderError } from 'commander';
import { createCommands } from './commands.ts';
import { printError } from './output.ts';

// The SDK's note about Node versions to come is for those who choose the version.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

/** Exit codes: 0 done, 1 failed, 2 wrong usage; `rolegate aws` ends with the code of the aws CLI. */
try {
  await createCommands().parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    printError(error);
    process.exitCode = 1;
  }
}
