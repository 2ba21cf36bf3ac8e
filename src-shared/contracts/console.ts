import { z } from 'zod';
import { consoleTarget } from '../aws/console-page.ts';
import { defineCalls, id, regionName, timestamp } from './common.ts';

const target = z.strictObject({ appSessionId: id, region: regionName.optional(), show: consoleTarget.optional() });

const until = {
  /** Until when the link signs in. */
  expiresAt: timestamp,
  /** When AWS signs out whoever it has signed in. Nobody can end that before. */
  signedInUntil: timestamp,
};

/** The federated AWS console. */
export const consoleCalls = defineCalls({
  /** Opens the console in the default browser. Where there is no browser, `url` is there to be opened by hand. */
  'console.launch': {
    input: target,
    output: z.strictObject({ opened: z.boolean(), url: z.string().optional(), ...until }),
  },
  /** Gives the sign-in link instead of opening it. It works once. */
  'console.link': { input: target, output: z.strictObject({ url: z.string(), ...until }) },
});
