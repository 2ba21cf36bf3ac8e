/** What connections to AWS are held to. Times are milliseconds. */
export interface UpstreamLimits {
  /** Connections to one host at a time, for each app session; more requests wait for one of them. */
  sockets: number;
  /** How long a connection may take to come about. */
  connectTimeout: number;
  /** How long AWS may take to begin its answer. A synchronous Lambda invocation answers when its work is done: 15 minutes. */
  headersTimeout: number;
  /** How long AWS may stop in the middle of its answer. */
  bodyTimeout: number;
}

/** The defaults; `settings.json` may say otherwise under `upstreamLimits`. */
export const defaultUpstreamLimits: UpstreamLimits = {
  sockets: 64,
  connectTimeout: 10_000,
  headersTimeout: 900_000,
  bodyTimeout: 300_000,
};

/** Limits of which some are said. */
export type SomeUpstreamLimits = { [Name in keyof UpstreamLimits]?: number | undefined };

/** The limits, with the defaults for what is not said. */
export function upstreamLimits(limits: SomeUpstreamLimits | undefined): UpstreamLimits {
  const said = Object.entries(limits ?? {}).filter(([, value]) => value !== undefined);
  return { ...defaultUpstreamLimits, ...Object.fromEntries(said) };
}
