import type { Shell, Snippet, ToolSettings } from '../../../src-shared/contracts/gateway.ts';
import type { AppState } from '../../../src-shared/contracts/state.ts';

const secret = 'r0le9ateLocalOnlySecretKeyThatWorksNowhere';

/** What a tool needs, as the real gateway would say it. */
export function toolSettings(state: AppState, mode: 'proxy' | 'endpoint', region: string): ToolSettings {
  const url =
    mode === 'proxy'
      ? `http://127.0.0.1:${state.gateway.proxy.port}`
      : `https://127.0.0.1:${state.gateway.endpoint.port}`;
  const caFile = state.gateway.caFile ?? '';
  return {
    mode,
    url,
    region,
    accessKeyId: 'RLGTEXAMPLELOCALKEY7',
    secretAccessKey: secret,
    caFile,
    env: {
      AWS_ACCESS_KEY_ID: 'RLGTEXAMPLELOCALKEY7',
      AWS_SECRET_ACCESS_KEY: secret,
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_CA_BUNDLE: caFile,
      ...(mode === 'proxy' ? { HTTPS_PROXY: url } : { AWS_ENDPOINT_URL: url }),
    },
    unset: ['AWS_SESSION_TOKEN', 'AWS_PROFILE'],
  };
}

/** Snippets, each as a shell would want it. */
export function toolSnippets(settings: ToolSettings, shell: Shell): Snippet[] {
  const lines = [
    ...Object.entries(settings.env).map(([name, value]) => setting(shell, name, value)),
    ...settings.unset.map((name) => unsetting(shell, name)),
  ];
  const endpoint = settings.mode === 'endpoint' ? ` --endpoint-url ${settings.url}` : '';
  return [
    {
      id: 'environment',
      title: 'Environment',
      language: 'shell',
      about: 'Paste it into a terminal; everything started from there goes through Rolegate.',
      text: lines.join('\n'),
    },
    {
      id: 'aws-cli',
      title: 'aws CLI',
      language: 'shell',
      about: 'After the environment.',
      text: `aws dynamodb list-tables${endpoint}`,
    },
    {
      id: 'boto3',
      title: 'boto3',
      language: 'python',
      about: 'After the environment.',
      text: `import boto3\n\ndynamodb = boto3.client("dynamodb"${settings.mode === 'endpoint' ? `, endpoint_url="${settings.url}"` : ''})\nprint(dynamodb.list_tables()["TableNames"])`,
    },
    {
      id: 'dynamodb-admin',
      title: 'dynamodb-admin',
      language: 'shell',
      about: 'A table browser in the web browser.',
      text: `${setting(shell, 'NODE_EXTRA_CA_CERTS', settings.caFile)}\n${setting(shell, 'DYNAMO_ENDPOINT', settings.url)}\nnpx dynamodb-admin`,
    },
  ];
}

function setting(shell: Shell, name: string, value: string): string {
  if (shell === 'powershell') return `$Env:${name} = '${value}'`;
  return shell === 'command-prompt' ? `set "${name}=${value}"` : `export ${name}='${value}'`;
}

function unsetting(shell: Shell, name: string): string {
  if (shell === 'powershell') return `Remove-Item Env:${name} -ErrorAction Ignore`;
  return shell === 'command-prompt' ? `set "${name}="` : `unset ${name}`;
}
