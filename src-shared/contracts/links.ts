import { z } from 'zod';
import { defineCalls, done, nothing } from './common.ts';

/** `rolegate://` links, from outside. */
export const linkCalls = defineCalls({
  /** Shows where a link leads, in every window. It does nothing else; one that waits already is not replaced. */
  'links.show': { input: z.strictObject({ url: z.string().max(16_384) }), output: done },
  /** The person has decided about the link that is shown. */
  'links.close': { input: nothing, output: done },
});
