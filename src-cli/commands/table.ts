import { type Command, InvalidArgumentError, Option } from 'commander';
import { columnType } from '../../src-shared/files/csv-items.ts';
import { fileFormats } from '../../src-shared/files/item-lines.ts';
import { appOption, awsRoleOption, formatOption } from '../options.ts';
import { exportTable } from '../table-jobs/export-table.ts';
import { importTable } from '../table-jobs/import-table.ts';
import { cancelJob, listJobs, resumeJob } from '../table-jobs/kept-jobs.ts';

/** `rolegate table`: a DynamoDB table to a file and back, as jobs of the same engine as the window's. */
export function addTableCommands(program: Command): void {
  const tables = program.command('table').description('export a DynamoDB table to a file, and import one');
  const limited = (command: Command) =>
    command
      .addOption(appOption())
      .addOption(awsRoleOption())
      .option('--region <region>', 'region of the table; the one of the session without it')
      .option('--ledger <file>', 'write down what became of each item that was skipped or failed');
  limited(tables.command('export'))
    .description('read a table, or what a query finds, into a file or to standard output')
    .argument('[table]', 'its name; --link names one too')
    .option('-o, --output <file>', 'the file; standard output without it')
    .option('--force', 'write over the file if it is there')
    .addOption(
      new Option('-f, --format <format>', 'what the file holds (by its ending without it)').choices(fileFormats),
    )
    .option('--gzip', 'pack it; a name that ends in .gz is packed anyway')
    .option('--no-types', 'do not name the types in the header of a CSV file')
    .option('--index <name>', 'read this index instead of the table itself')
    .option('--key <name=value>', 'only items with this value of a key attribute (can be given again)', keyValue, [])
    .option('--link <link>', 'what a rolegate:// link to a query asks for, as "Copy link to this query" makes it')
    .addOption(unitsOption('--read-units <n>', 'read units a second, at most'))
    .addOption(new Option('--segments <n>', 'in how many parts to read at a time').argParser(segments).default(4))
    .action(exportTable);
  limited(tables.command('import'))
    .description('write the items of a file into a table')
    .argument('<table>')
    .argument('<file>', 'DynamoDB JSON lines, JSON or CSV, packed with gzip or not; - is standard input')
    .option('--overwrite', 'write over items that are there already, instead of leaving them as they are')
    .option('--check', 'read and check all of it, and write nothing')
    .option(
      '--column <header=attribute:type>',
      'what a column of a CSV file becomes; "header=" leaves it out',
      column,
      [],
    )
    .option('--confirm <table>', 'the name of the table once more, which production asks for')
    .addOption(unitsOption('--write-units <n>', 'write units a second, at most'))
    .action(importTable);
  tables
    .command('jobs')
    .description('list exports, imports and other jobs that are under way, have paused or are over')
    .addOption(formatOption('text', 'json'))
    .action(listJobs);
  tables.command('resume').description('go on with a job that has paused').argument('<job>').action(resumeJob);
  tables
    .command('cancel')
    .description('end a job that has paused or is under way; what it has written stays')
    .argument('<job>')
    .action(cancelJob);
}

/** What a column of a CSV file becomes; absent `to` leaves it out. */
export interface ColumnOption {
  header: string;
  to?: string;
  type?: 'S' | 'N' | 'B' | 'BOOL' | '*';
}

function column(text: string, before: readonly ColumnOption[]): ColumnOption[] {
  const [, header, to = '', type] = /^([^=]+)=(.*?)(?::(S|N|B|BOOL|\*))?$/.exec(text) ?? [];
  if (header === undefined) {
    throw new InvalidArgumentError('A column looks like Header=attribute:N; types are S, N, B, BOOL and *.');
  }
  const known = columnType.safeParse(type);
  return [...before, { header, ...(to !== '' && { to }), ...(known.success && { type: known.data }) }];
}

function keyValue(text: string, before: readonly [string, string][]): [string, string][] {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError('It looks like Artist=Acme Band.');
  return [...before, [name, value]];
}

function unitsOption(flags: string, description: string): Option {
  return new Option(flags, `${description}; half of what is provisioned without it`).argParser((text) => {
    const units = Number(text);
    if (units > 0 && units <= 10_000_000) return units;
    throw new InvalidArgumentError('It is a number above 0.');
  });
}

function segments(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 64) return count;
  throw new InvalidArgumentError('It is a whole number from 1 to 64.');
}
