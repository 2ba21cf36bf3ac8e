import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

/** A program that ends with this process, however this process ends. */
export interface GuardedProcess {
  /** What it writes to standard error, as text. */
  stderr: Readable;
  /** Settles when it has ended, for whatever reason; never rejects. */
  gone: Promise<void>;
  /** Asks it to end (SIGTERM), makes it end if it takes too long, and waits for that. */
  stop(): Promise<void>;
}

/**
 * Runs the program ("$@") as a child and ends it when our end of standard input closes, which also happens when this
 * process is killed outright. Nobody has to look now and then whether anybody still lives.
 * The shell gives up its own copies of the output pipes, so that their end means the program's end.
 */
const guard = `
umask 077
"$@" </dev/null &
program=$!
trap 'kill "$program"' HUP INT TERM
exec >/dev/null 2>&1
read -r _
kill "$program"
wait "$program"
`;

/** How long a program may take to end before it is made to, in milliseconds. */
const patience = 5_000;

/** Starts a program. It sees no environment variables, and its files are private. Needs a POSIX shell. */
export function startGuarded(program: string, parameters: readonly string[]): GuardedProcess {
  const shell = spawn('/bin/sh', ['-c', guard, 'guard', program, ...parameters], {
    stdio: ['pipe', 'ignore', 'pipe'],
    // In a session of its own: an interrupt from the terminal is for us, who still have answers to give.
    detached: true,
    env: {},
  });
  shell.stdin.on('error', () => undefined);
  const exited = new Promise<void>((resolve) => {
    shell.once('exit', () => resolve());
    shell.once('error', () => resolve());
  });
  const stop = async () => {
    shell.stdin.end();
    const timer = setTimeout(() => killGroup(shell.pid), patience);
    await exited;
    clearTimeout(timer);
  };
  shell.stderr.setEncoding('utf8');
  const ended = new Promise<void>((resolve) => shell.stderr.once('close', resolve));
  return { stderr: shell.stderr, gone: ended.then(stop), stop };
}

/** The shell is the leader of a process group, with the program in it. */
function killGroup(leader: number | undefined): void {
  try {
    if (leader !== undefined) process.kill(-leader, 'SIGKILL');
  } catch {
    // Already gone.
  }
}
