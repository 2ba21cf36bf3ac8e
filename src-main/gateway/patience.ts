import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GatewayLimits } from './limits.ts';

/**
 * Ends what stands still on its client's side, and what takes too long in all. Waiting for AWS is neither: some calls
 * answer only when their work is done.
 *
 * @param giveUp called once, with a sentence for the client
 */
export function watchPatience(
  message: IncomingMessage,
  response: ServerResponse,
  { bodyTimeout, totalTimeout }: Pick<GatewayLimits, 'bodyTimeout' | 'totalTimeout'>,
  giveUp: (sentence: string) => void,
): void {
  const timer = setTimeout(() => giveUp(tookTooLong(totalTimeout)), totalTimeout);
  timer.unref();
  response.once('close', () => clearTimeout(timer));
  // Holds until the answer has ended; then the connection waits for its next request, as long as it may be idle.
  message.socket.setTimeout(bodyTimeout);
  response.on('timeout', () => {
    // Had the client more to send, it would be waiting in here, however slowly AWS takes it.
    const stopsSending = !message.complete && message.readableLength === 0;
    const takesNothing = response.writableLength > 0;
    if (stopsSending) giveUp(stoppedHalfWay(bodyTimeout));
    else if (takesNothing) response.destroy();
  });
}

/** What is told of a request that is given up. @param totalTimeout milliseconds */
export function tookTooLong(totalTimeout: number): string {
  return `The request took longer than ${seconds(totalTimeout)}.`;
}

/** What is told of a body that does not go on. @param bodyTimeout milliseconds */
export function stoppedHalfWay(bodyTimeout: number): string {
  return `The body of the request stopped half-way, for ${seconds(bodyTimeout)}.`;
}

function seconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 100) / 10} seconds`;
}
