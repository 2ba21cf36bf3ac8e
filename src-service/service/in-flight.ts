import { Cancellation } from '../../src-shared/cancellation.ts';
import type { AwsReply } from '../../src-shared/contracts/aws-call.ts';
import type { RolegateError } from '../../src-shared/errors.ts';
import { sessionEnded } from '../auth/sessions.ts';

/** The requests that are under way, by app session, so that they can be cut when their session ends. */
export interface InFlight {
  /**
   * Does the work of a request of an app session, which is under way until its answer has been read to the end.
   *
   * @param outer cancels it too
   * @throws RolegateError `session_expired` with the reason, when the session is cut meanwhile
   */
  run(
    appSessionId: string,
    outer: Cancellation | undefined,
    work: (cancellation: Cancellation) => Promise<AwsReply>,
  ): Promise<AwsReply>;
  /** Breaks off every request of an app session. */
  cut(appSessionId: string, reason: string): void;
}

/** A request under way. */
class Running extends Cancellation {
  cutBy: RolegateError | undefined;

  cut(by: RolegateError): void {
    this.cutBy = by;
    this.cancel(by);
  }
}

export function createInFlight(): InFlight {
  const bySession = new Map<string, Set<Running>>();

  function begin(id: string, outer: Cancellation | undefined): Running {
    const running = new Running();
    outer?.add(running);
    const all = bySession.get(id);
    if (all) all.add(running);
    else bySession.set(id, new Set([running]));
    return running;
  }

  function end(id: string, outer: Cancellation | undefined, running: Running): void {
    outer?.delete(running);
    const all = bySession.get(id);
    all?.delete(running);
    if (all?.size === 0) bySession.delete(id);
  }

  return {
    async run(id, outer, work) {
      const running = begin(id, outer);
      try {
        const reply = await work(running);
        if (reply.body instanceof Uint8Array) end(id, outer, running);
        else reply.body.once('close', () => end(id, outer, running));
        return reply;
      } catch (error) {
        end(id, outer, running);
        throw running.cutBy ?? error;
      }
    },

    cut(id, reason) {
      const all = bySession.get(id);
      bySession.delete(id);
      const error = sessionEnded(reason);
      for (const running of all ?? []) running.cut(error);
    },
  };
}
