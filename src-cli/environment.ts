import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { version } from '../package.json';
import { findHome } from '../src-main/home/home.ts';

export { version };

/** This command's home folder. */
export const home = findHome(process.env);

/** Where the build put the sandbox's prepared tables: beside the folder of this file, once it is built. */
export const preparedDir = fileURLToPath(new URL('../sandbox-data', import.meta.url));

/** Resolves when the person, or the system, wants this command to end. */
export function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}

/** Runs a program in this terminal and resolves to its exit code. Rejects when there is no such program. */
export function run(command: string, args: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', env: environment });
    // Ctrl+C reaches the child by itself; this process must live to see how the child ends.
    const ignore = () => undefined;
    const passOn = () => child.kill('SIGTERM');
    process.on('SIGINT', ignore);
    process.on('SIGTERM', passOn);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      process.off('SIGINT', ignore);
      process.off('SIGTERM', passOn);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}
