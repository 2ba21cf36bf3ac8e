import { InvalidArgumentError, Option } from 'commander';

/** `-p, --port PORT` */
export function portOption(description: string): Option {
  return new Option('-p, --port <port>', description).argParser((text) => {
    const port = Number(text);
    if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
    throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  });
}

/** `-f, --format FORMAT`, one of those given, the first by default. */
export function formatOption(first: string, ...others: string[]): Option {
  return new Option('-f, --format <format>', 'output format').choices([first, ...others]).default(first);
}

/** `--app APP` */
export function appOption(): Option {
  return new Option('--app <app>', 'the app to use, where there is more than one');
}

/** `--aws-role ROLE` */
export function awsRoleOption(
  description = 'the IAM role to use, by name or ARN, where there is more than one',
): Option {
  return new Option('--aws-role <role>', description);
}

/** `--code CODE` */
export function codeOption(): Option {
  return new Option('--code <code>', 'code of your authenticator app (asked for when it is needed)').argParser(
    (text) => {
      if (/^\d{6}$/.test(text)) return text;
      throw new InvalidArgumentError('A code has six digits.');
    },
  );
}

/** Names with commas between them: `access,editor`. Nothing is no name. */
export function parseNames(text: string): string[] {
  if (text.trim() === '') return [];
  const names = text.split(',').map((name) => name.trim());
  if (names.every((name) => name !== '')) return names;
  throw new InvalidArgumentError('Names are separated by single commas: access,editor.');
}
