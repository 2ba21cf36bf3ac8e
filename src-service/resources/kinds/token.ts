import { z } from 'zod';
import { defineKind, documentSchema } from '../document.ts';
import { isRedactedName } from '../redacted.ts';

/** `token`: lets another instance of the app-service join. Its name is the secret. */
export const tokenKind = defineKind({
  kind: 'token',
  plural: 'tokens',
  schema: documentSchema(
    'token',
    ['v2'],
    z.strictObject({
      roles: z.array(z.literal('App')).min(1),
      join_method: z.literal('token').default('token'),
    }),
  ),
  check: ({ metadata }) =>
    metadata.name.length >= 16 || isRedactedName(metadata.name)
      ? []
      : [{ path: ['metadata', 'name'], message: 'A token has 16 characters at least: its name is the secret.' }],
});
