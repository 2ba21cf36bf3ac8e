import { type ChildProcess, fork } from 'node:child_process';
import { resolve as resolvePath } from 'node:path';
import { builtServers } from './build.ts';

/** A server of the bench, in a process of its own so that its CPU time is its own. */
export interface Child<Ready> {
  ready: Ready;
  /** @throws Error when the server ends instead of answering */
  ask<Answer>(question: unknown): Promise<Answer>;
  /** Microseconds of CPU time, user and system, since its start. */
  cpu(): Promise<number>;
  /** Bytes of its largest resident memory since the last time it was asked. */
  memory(): Promise<number>;
  stop(): void;
}

/** `BENCH_NODE` runs the servers on another Node, such as Electron's. */
const executable = process.env['BENCH_NODE'];

/** Of this process, set for those that it starts from then on: a file of certificates that they trust as well. */
export function trust(caFile: string): void {
  process.env['NODE_EXTRA_CA_CERTS'] = caFile;
}

/** @param file a built server, or the path of another program that answers as one */
export async function startChild<Ready>(file: string, ...args: string[]): Promise<Child<Ready>> {
  const child: ChildProcess = fork(resolvePath(builtServers, file), args, {
    ...(executable !== undefined && { execPath: executable }),
    execArgv: [],
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  });
  const next = <Answer>() =>
    new Promise<Answer>((resolve, reject) => {
      const onMessage = (answer: unknown) => {
        child.off('exit', onExit);
        resolve(answer as Answer);
      };
      const onExit = (code: number | null) => {
        child.off('message', onMessage);
        reject(new Error(`${file} ended, with code ${code}, before it answered.`));
      };
      child.once('message', onMessage);
      child.once('exit', onExit);
    });
  const ready = await next<Ready>();
  const ask = async <Answer>(question: unknown) => {
    const answer = next<Answer>();
    child.send(question as object);
    return answer;
  };
  return {
    ready,
    ask,
    cpu: async () => (await ask<{ cpu: number }>({})).cpu,
    memory: async () => (await ask<{ memory: number }>({})).memory,
    stop: () => void child.kill(),
  };
}
