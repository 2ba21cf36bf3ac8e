import { Writable } from 'node:stream';
import type { Logger } from 'pino';
import type { ServiceConfig } from '../../src-service/config/service-config.ts';
import type { Log } from '../../src-service/log.ts';

/**
 * The log of a server: lines on standard error, as text where a person reads along and as JSON elsewhere. What goes in
 * holds no secrets; what happened to whom is in the audit log.
 *
 * @param output where lines go, and whether a person reads them
 */
export async function createServerLog(
  { level, format }: ServiceConfig['log'],
  output: Writable & { isTTY?: boolean } = process.stderr,
): Promise<Log> {
  const { default: pino } = await import('pino');
  const isText = format === 'text' || (format === 'auto' && output.isTTY === true);
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  const levels = { formatters: { level: (label: string) => ({ level: label }) } };
  const logger: Logger = pino({ ...options, ...levels }, isText ? textLines(output) : output);
  return {
    info: (message, details) => logger.info(details ?? {}, message),
    warn: (message, details) => logger.warn(details ?? {}, message),
    error: (message, details) => logger.error(details ?? {}, message),
  };
}

/** Makes lines for people out of lines of JSON. */
function textLines(output: Writable): Writable {
  return new Writable({
    decodeStrings: false,
    write(line: string, _encoding, done) {
      output.write(`${textLine(line)}\n`, () => done());
    },
  });
}

/** `2026-01-31 18:00:00  warn   A sentence.  reason="…"` */
export function textLine(json: string): string {
  const { level, time, msg, ...details } = JSON.parse(json) as Record<string, unknown>;
  const more = Object.entries(details).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const moment = String(time).slice(0, 19).replace('T', ' ');
  return plain([moment, String(level).padEnd(5), String(msg).replace(/\n\s*/g, ' '), ...more].join('  '));
}

/** Nothing that a terminal would obey. */
function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '\ufffd');
}
