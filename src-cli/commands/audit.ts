import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import { createChainVerifier, type VerifyReport } from '../../src-shared/audit/verify.ts';
import { type AuditHead, auditHead } from '../../src-shared/contracts/admin-api.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import {
  addFilterOptions,
  auditPages,
  countOption,
  eventCells,
  eventHeadings,
  type FilterOptions,
  parseEvent,
  toFilter,
} from '../audit-events.ts';
import { withRolegate } from '../connect.ts';
import { interrupted } from '../environment.ts';
import { formatOption } from '../options.ts';
import { note, print, table } from '../output.ts';
import { readTextFile } from '../text-files.ts';

/** `rolegate audit ls`, `tail`, `export` and `verify` */
export function addAuditCommands(program: Command): void {
  const audit = program.command('audit').description('who did what: the audit log');
  addFilterOptions(audit.command('ls').description('list the latest events'))
    .addOption(countOption('-n, --limit <count>', 'how many events at most', 50))
    .addOption(formatOption('text', 'json'))
    .action(list);
  addFilterOptions(audit.command('tail').description('show events as they happen, until interrupted'))
    .addOption(formatOption('text', 'json'))
    .action(tail);
  addFilterOptions(audit.command('export').description('print events as JSON, one on a line, oldest first'))
    .option('-o, --output <file>', 'write them to a file instead')
    .action(exportEvents);
  audit
    .command('verify')
    .description('check that no event was changed, removed, put in or moved')
    .option('--anchor <file>', 'an anchor that was saved earlier: finds out whether the end was cut off')
    .option('--save-anchor <file>', 'save where the log ends now, signed by the service; keep it elsewhere')
    .option('--file <file>', 'check an exported file instead of the service’s log')
    .addOption(formatOption('text', 'json'))
    .action(verify);
}

async function list(options: FilterOptions & { limit: number; format: string }): Promise<void> {
  await withRolegate(async (calls) => {
    const lines: string[] = [];
    for await (const page of auditPages(calls, { filter: toFilter(options), order: 'newest' }, options.limit)) {
      lines.push(...page);
      if (lines.length >= options.limit) break;
    }
    const latest = lines.slice(0, options.limit).reverse();
    if (options.format === 'json') print(`[${latest.join(',\n')}]`);
    else if (latest.length === 0) note('No event fits.');
    else print(table(eventHeadings, latest.map(eventCells)));
  });
}

const lookEvery = 1_000;

async function tail({ format, ...options }: FilterOptions & { format: string }): Promise<void> {
  await withRolegate(
    async (calls, { lost }) => {
      const filter = toFilter(options);
      let ended = false;
      const end = Promise.race([interrupted(), lost]).then(() => {
        ended = true;
      });
      let after = (await calls.call('audit.head', {})).seq;
      note('Waiting for events. Press Ctrl+C to stop.');
      while (!ended) {
        const { seq } = await calls.call('audit.head', {});
        if (seq > after) {
          for await (const lines of auditPages(calls, { filter, order: 'oldest', after })) {
            for (const line of lines) print(format === 'json' ? line : eventCells(line).join('  '));
          }
          after = seq;
        }
        await Promise.race([end, delay(lookEvery)]);
      }
    },
    { stays: true },
  );
}

async function exportEvents({ output, ...options }: FilterOptions & { output?: string }): Promise<void> {
  await withRolegate(async (calls) => {
    const stream = output === undefined ? process.stdout : createWriteStream(output, { mode: 0o600 });
    let count = 0;
    for await (const lines of auditPages(calls, { filter: toFilter(options), order: 'oldest' })) {
      count += lines.length;
      if (lines.length > 0 && !stream.write(`${lines.join('\n')}\n`)) await once(stream, 'drain');
    }
    if (output === undefined) return;
    stream.end();
    await once(stream, 'finish');
    note(`${count} events were written to ${output}.`);
  });
}

interface VerifyOptions {
  anchor?: string;
  saveAnchor?: string;
  file?: string;
  format: string;
}

async function verify({ anchor: anchorFile, saveAnchor, file, format }: VerifyOptions): Promise<void> {
  const anchor = anchorFile === undefined ? undefined : await readAnchor(anchorFile);
  if (file !== undefined && saveAnchor !== undefined) {
    throw new RolegateError('bad_input', 'An anchor comes from the service, not from a file.', {
      hint: 'Leave out either --file or --save-anchor.',
    });
  }
  const report = file === undefined ? await verifyService(anchor, saveAnchor) : await verifyFile(file, anchor);
  print(format === 'json' ? JSON.stringify(report, null, 2) : reportText(report));
  if (report.problems.length > 0) process.exitCode = 1;
}

async function verifyService(anchor: AuditHead | undefined, saveTo: string | undefined): Promise<VerifyReport> {
  return withRolegate(async (calls) => {
    const head = await calls.call('audit.head', {});
    const verifier = createChainVerifier({ anchor, fromStart: true });
    for await (const lines of auditPages(calls, { filter: {}, order: 'oldest' })) lines.forEach(verifier.add);
    const report = verifier.finish();
    // An anchor of a log that is broken already would vouch for it.
    if (saveTo !== undefined && report.problems.length === 0) {
      await writeFile(saveTo, `${JSON.stringify(head)}\n`, { mode: 0o600 });
      note(`The anchor was saved to ${saveTo}. Keep it where nobody who can reach the service can change it.`);
    }
    return report;
  });
}

async function verifyFile(file: string, anchor: AuditHead | undefined): Promise<VerifyReport> {
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
  let verifier: ReturnType<typeof createChainVerifier> | undefined;
  try {
    for await (const line of lines) {
      // An export may begin later than the log; what is missing at its beginning is not shown by it.
      verifier ??= createChainVerifier({ anchor, fromStart: parseEvent(line).seq === 1 });
      if (line !== '') verifier.add(line);
    }
  } catch {
    throw new RolegateError('not_found', `${file} cannot be read.`);
  }
  return (verifier ?? createChainVerifier({ anchor, fromStart: false })).finish();
}

async function readAnchor(file: string): Promise<AuditHead> {
  const { text } = await readTextFile(file);
  try {
    return auditHead.parse(JSON.parse(text));
  } catch {
    throw new RolegateError('bad_input', `${file} is no anchor.`, {
      hint: 'Anchors are made with: rolegate audit verify --save-anchor FILE',
    });
  }
}

function reportText({
  events,
  first,
  last,
  problems,
  signedUpTo,
  prunedUpTo,
  keys,
  cannotProve,
}: VerifyReport): string {
  const range = events === 0 ? 'No events' : `${events} events, ${first} to ${last}`;
  const lines = [problems.length === 0 ? `${range}: nothing was changed.` : `${range}: this is not as it was written.`];
  for (const { message } of problems) lines.push(`  ${message}`);
  if (signedUpTo !== undefined) lines.push(`Signed by the service up to event ${signedUpTo} (key ${keys.join(', ')}).`);
  if (prunedUpTo !== undefined)
    lines.push(`The service has pruned the events up to ${prunedUpTo}, as it was told to, and signed that.`);
  lines.push('What this does not prove:');
  for (const limit of cannotProve) lines.push(`  ${limit}`);
  return lines.join('\n');
}
