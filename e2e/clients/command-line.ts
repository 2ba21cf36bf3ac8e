import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Home } from '../../src-main/home/home.ts';

/** The built command, as people run it. */
export const rolegateScript = fileURLToPath(new URL('../../dist/cli/rolegate.js', import.meta.url));

export interface Outcome {
  /** Null for a program that was killed. */
  code: number | null;
  /** What killed it. */
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** What a program's environment is in these tests: nothing of this machine's AWS settings. */
export function cleanEnvironment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^AWS_|^NODE_EXTRA_CA_CERTS$|_proxy$/i.test(name));
  return { ...Object.fromEntries(inherited), ...more };
}

/** Runs a program to its end. */
export async function run(
  command: string,
  args: readonly string[],
  { env = cleanEnvironment(), input = '' }: { env?: NodeJS.ProcessEnv; input?: string } = {},
): Promise<Outcome> {
  const child = spawn(command, args, { env });
  const output = collect(child);
  // A program that wants no input may have ended already.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal, ...output() };
}

/** The environment of `rolegate` on a home. */
export function rolegateEnvironment(home: Home): NodeJS.ProcessEnv {
  return cleanEnvironment({ ROLEGATE_HOME: home.folder, ROLEGATE_SESSION_STORE: 'file' });
}

/** Runs `rolegate` on a home to its end. */
export function rolegate(home: Home, args: readonly string[], input = ''): Promise<Outcome> {
  if (!existsSync(rolegateScript)) throw new Error('Build first: npm run build');
  return run(process.execPath, [rolegateScript, ...args], { env: rolegateEnvironment(home), input });
}

/** A command that goes on until it is interrupted, and the first line that it printed. */
export interface Running {
  firstLine: string;
  /** Interrupts it, as Ctrl+C does, and resolves to its exit code. */
  stop(): Promise<number | null>;
}

/** Starts `rolegate` on a home and waits for its first line. */
export async function startRolegate(home: Home, args: readonly string[]): Promise<Running> {
  const child = spawn(process.execPath, [rolegateScript, ...args], { env: rolegateEnvironment(home) });
  const output = collect(child);
  const firstLine = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const end = output().stdout.indexOf('\n');
      if (end >= 0) resolve(output().stdout.slice(0, end));
    });
    child.once('close', () => reject(new Error(`rolegate ${args.join(' ')} ended: ${output().stderr}`)));
  });
  return {
    firstLine,
    async stop() {
      if (child.exitCode !== null) return child.exitCode;
      child.kill('SIGINT');
      const [code] = (await once(child, 'close')) as [number | null];
      return code;
    },
  };
}

/** Starts `rolegate` on a home, sends it a signal once it has said something on standard error, and waits for its end. */
export async function interruptedRolegate(
  home: Home,
  args: readonly string[],
  when: RegExp,
  signal: NodeJS.Signals = 'SIGINT',
): Promise<Outcome> {
  const child = spawn(process.execPath, [rolegateScript, ...args], { env: rolegateEnvironment(home) });
  const output = collect(child);
  let isSent = false;
  child.stderr.on('data', () => {
    if (!isSent && when.test(output().stderr)) isSent = child.kill(signal);
  });
  const [code, ended] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal: ended, ...output() };
}

function collect(child: ChildProcess): () => { stdout: string; stderr: string } {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return () => ({ stdout, stderr });
}
