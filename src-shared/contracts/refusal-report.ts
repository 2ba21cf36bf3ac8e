import { z } from 'zod';
import { refusals } from '../aws/error-shape.ts';
import { parseAwsHost } from '../aws/hosts.ts';
import { id } from './common.ts';

/** As it stands in a credential scope. */
const scopePart = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/);

/**
 * What a gateway tells the app-service of a request that it has refused itself, so that the request id of the refusal
 * finds an event. Whose keys the request claims is known, and nothing else of it is: whoever sent it may have written
 * anything. So there is no text of the request in it, but for names of one shape.
 */
export const refusalReport = z.strictObject({
  /** As the tool was told it. */
  requestId: id,
  /** The app session whose keys the request claims, running or not. */
  appSessionId: id,
  refusal: z.enum(refusals),
  service: scopePart.optional(),
  region: scopePart.optional(),
  /** Of AWS, as it is dialled. */
  host: z
    .string()
    .max(253)
    .refine((host) => parseAwsHost(host)?.host === host, 'This is no host of AWS.')
    .optional(),
  operation: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9]{0,127}$/)
    .optional(),
  /** How many more of this app session were refused before it and are told of nowhere else. */
  omitted: z.number().int().min(0).max(1_000_000).optional(),
});
export type RefusalReport = z.infer<typeof refusalReport>;

/** How many refusals of an app session are told of, and written down. The rest is counted. */
export const refusalPace = { atOnce: 20, perMinute: 20 } as const;
