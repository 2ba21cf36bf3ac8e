import type { Shell, Snippet, ToolSettings } from '../../src-shared/contracts/gateway.ts';
import { quote, setVariable, unsetVariables } from './quoting.ts';

/** Ready commands for the tools that people use most. What is pasted works on the spot. Pure. */
export function snippets(settings: ToolSettings, shell: Shell): Snippet[] {
  return [
    environment(settings, shell),
    awsCli(settings, shell),
    boto3(settings, shell),
    dynamodbAdmin(settings, shell),
  ];
}

function environment(settings: ToolSettings, shell: Shell): Snippet {
  return {
    id: 'environment',
    title: 'Environment',
    language: 'shell',
    about: 'Sets up this terminal: every AWS tool that is started in it afterwards goes through Rolegate.',
    text: lines(settings, shell).join('\n'),
  };
}

function awsCli(settings: ToolSettings, shell: Shell): Snippet {
  const endpoint = settings.mode === 'endpoint' ? ` --endpoint-url ${quote(settings.url, shell)}` : '';
  return {
    id: 'aws-cli',
    title: 'aws CLI',
    language: 'shell',
    about:
      settings.mode === 'endpoint'
        ? 'Older versions do not read AWS_ENDPOINT_URL, so the address is written out.'
        : 'Works with every command of the aws CLI.',
    text: [...lines(settings, shell), `aws dynamodb list-tables${endpoint}`].join('\n'),
  };
}

function boto3(settings: ToolSettings, shell: Shell): Snippet {
  const endpoint = settings.mode === 'endpoint' ? `, endpoint_url=${pythonText(settings.url)}` : '';
  const program = `import boto3\nprint(boto3.client('dynamodb'${endpoint}).list_tables()['TableNames'])`;
  return {
    id: 'boto3',
    title: 'Python (boto3)',
    language: 'shell',
    about: 'Sets up the terminal, then lists the tables from Python.',
    text: [...lines(settings, shell), runPython(program, shell)].join('\n'),
  };
}

function dynamodbAdmin(settings: ToolSettings, shell: Shell): Snippet {
  // Without a host it would listen on every interface of the machine.
  const command = 'npx dynamodb-admin --host 127.0.0.1';
  return {
    id: 'dynamodb-admin',
    title: 'dynamodb-admin',
    language: 'shell',
    about:
      settings.mode === 'endpoint'
        ? 'A table browser in the web browser, at http://127.0.0.1:8001. While it runs, every program on this machine can use it.'
        : 'dynamodb-admin takes an endpoint and no proxy: switch to the AWS endpoint above.',
    text:
      settings.mode === 'endpoint'
        ? [...lines(settings, shell), setVariable('DYNAMO_ENDPOINT', settings.url, shell), command].join('\n')
        : '',
  };
}

/** The commands that set up a terminal. */
export function lines({ env, unset }: ToolSettings, shell: Shell): string[] {
  return [
    ...unsetVariables(unset, shell),
    ...Object.entries(env).map(([name, value]) => setVariable(name, value, shell)),
  ];
}

function runPython(program: string, shell: Shell): string {
  switch (shell) {
    case 'unix':
      return `python3 <<'PYTHON'\n${program}\nPYTHON`;
    case 'powershell':
      return `@'\n${program}\n'@ | python -`;
    case 'command-prompt':
      return `python -c "${program.replaceAll('\n', '; ').replaceAll('"', '')}"`;
  }
}

function pythonText(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
