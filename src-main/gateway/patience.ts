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
  const timer = setTimeout(() => giveUp(`The request took longer than ${seconds(totalTimeout)}.`), totalTimeout);
  timer.unref();
  response.once('close', () => clearTimeout(timer));
  // Holds until the answer has ended; then the connection waits for its next request, as long as it may be idle.
  message.socket.setTimeout(bodyTimeout);
  response.on('timeout', () => {
    // Had the client more to send, it would be waiting in here, however slowly AWS takes it.
    const stopsSending = !message.complete && message.readableLength === 0;
    const takesNothing = response.writableLength > 0;
    if (stopsSending) giveUp(`The body of the request stopped half-way, for ${seconds(bodyTimeout)}.`);
    else if (takesNothing) response.destroy();
  });
}

function seconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 100) / 10} seconds`;
}
