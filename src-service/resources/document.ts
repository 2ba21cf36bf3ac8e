import { z } from 'zod';

/**
 * Resources: YAML documents that say who there is and who may do what. All have the shape `kind`, `version`,
 * `metadata`, `spec`, which is that of the published guide's documents.
 */

export const kinds = [
  'role',
  'user',
  'app',
  'token',
  'oidc',
  'saml',
  'github',
  'cluster_auth_preference',
  'lock',
  'access_request',
] as const;
export type Kind = (typeof kinds)[number];

/** A document as it is stored and shown: what its author wrote, with slips of spelling mended. */
export interface ResourceDocument {
  kind: Kind;
  version: string;
  metadata: Metadata;
  spec: Record<string, unknown>;
}

/** No control characters: names are shown in terminals, written to logs and made into keys. */
export const text = z
  .string()
  .max(4096)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is kept out.
  .regex(/^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$/, 'control characters are not allowed here.')
  .refine((value) => value.isWellFormed(), 'it is no proper Unicode text.');

/** A text of several lines: a certificate, a message. */
export const longText = z
  .string()
  .max(200_000)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is kept out.
  .regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]*$/, 'control characters are not allowed here.');

export const name = text
  .min(1, 'it must not be empty.')
  .max(256, 'a name has 256 characters at most.')
  .refine((value) => value.trim() === value, 'a name must not begin or end with a space.');

/** YAML 1.2 has only `true` and `false`; people write the others as well. */
export const flag = z.union(
  [
    z.boolean(),
    z
      .string()
      .regex(/^(on|off|yes|no)$/i)
      .transform((value) => /^(on|yes)$/i.test(value)),
  ],
  { error: 'it must be true or false (on and off, yes and no do as well).' },
);

/** A moment, as RFC 3339 writes it. */
export const moment = z.iso.datetime({ offset: true, error: 'it must be a time such as 2026-01-31T18:00:00Z.' });

/** One text, or several. */
export const textOrList = z.union([text, z.array(text)], { error: 'it must be a text or a list of texts.' });
export const labels = z.record(text, text);

export const metadata = z.strictObject({
  name,
  description: text.optional(),
  labels: labels.optional(),
  /** When the resource is gone by itself. */
  expires: moment.optional(),
  /** What `get` shows, so that an update of something that has changed in the meantime is refused. */
  revision: text.optional(),
});
export type Metadata = z.output<typeof metadata>;

/** The schema of a kind's documents. */
export function documentSchema<K extends Kind, Version extends string, Spec extends z.ZodType>(
  kind: K,
  versions: readonly [Version, ...Version[]],
  spec: Spec,
) {
  return z.strictObject({ kind: z.literal(kind), version: z.enum(versions), metadata, spec });
}

/** Something wrong in a document that its schema cannot tell. */
export interface Finding {
  path: readonly (string | number)[];
  message: string;
  /** The corrected text, where it can be told. */
  corrected?: string | undefined;
}

/** One kind of resource. */
export interface KindDefinition<Schema extends z.ZodType = z.ZodType> {
  kind: Kind;
  /** As commands take it: `roles`. */
  plural: string;
  schema: Schema;
  /** What is wrong beyond the schema. */
  check?: (document: z.output<Schema>) => Finding[];
  /** Where secrets stand in the spec. */
  secrets?: readonly (readonly string[])[];
}

/** Keeps the schema's type while checking the definition. */
export function defineKind<Schema extends z.ZodType>(definition: KindDefinition<Schema>): KindDefinition<Schema> {
  return definition;
}
