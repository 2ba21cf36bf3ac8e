import type { AwsReply } from '../../src-shared/contracts/aws-call.ts';
import { RolegateError } from '../../src-shared/errors.ts';

/** The requests that are under way, by app session, so that they can be cut when their session ends. */
export interface InFlight {
  /**
   * Does the work of a request of an app session, which is under way until its answer has been read to the end.
   *
   * @throws RolegateError `session_expired` with the reason, when the session is cut meanwhile
   */
  run(
    appSessionId: string,
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<AwsReply>,
  ): Promise<AwsReply>;
  /** Breaks off every request of an app session. */
  cut(appSessionId: string, reason: string): void;
}

interface Running {
  controller: AbortController;
  cutBy?: RolegateError;
}

export function createInFlight(): InFlight {
  const bySession = new Map<string, Set<Running>>();

  function begin(id: string, signal: AbortSignal | undefined): { running: Running; end: () => void } {
    const controller = new AbortController();
    const running: Running = { controller };
    const abort = () => controller.abort(signal?.reason);
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort, { once: true });
    let all = bySession.get(id);
    if (!all) {
      all = new Set();
      bySession.set(id, all);
    }
    all.add(running);
    const end = () => {
      signal?.removeEventListener('abort', abort);
      all.delete(running);
      if (all.size === 0 && bySession.get(id) === all) bySession.delete(id);
    };
    return { running, end };
  }

  return {
    async run(id, signal, work) {
      const { running, end } = begin(id, signal);
      try {
        const reply = await work(running.controller.signal);
        if (reply.body instanceof Uint8Array) end();
        else reply.body.once('close', end);
        return reply;
      } catch (error) {
        end();
        throw running.cutBy ?? error;
      }
    },

    cut(id, reason) {
      const all = bySession.get(id);
      bySession.delete(id);
      const error = new RolegateError('session_expired', `The session with this IAM role has ended: ${reason}`, {
        hint: 'Pick the role again, if you still have it.',
      });
      for (const running of all ?? []) {
        running.cutBy = error;
        running.controller.abort(error);
      }
    },
  };
}
