import { type Header, headerValue } from '../contracts/aws-call.ts';

/**
 * Where SDKs and the aws CLI name the service of a request: `api/dynamodb#3.1` (JavaScript, Go, .NET, Kotlin),
 * `api/dynamodb/1.2` (Rust, older JavaScript, in `x-amz-user-agent` too), `md/command#s3.ls` and `command/s3.ls`
 * (aws CLI 2). botocore alone (boto3) names none.
 */
const mention = /(?:^|\s)(?:api\/|md\/command#|command\/)([\w-]{1,80})(?=[.#/\s]|$)/g;

/** The services that a request's user agent names, spelt as {@link agentName} does. */
export function servicesInUserAgent(headers: readonly Header[]): string[] {
  const agents = [headerValue(headers, 'user-agent'), headerValue(headers, 'x-amz-user-agent')];
  const text = agents.map((agent) => (agent ?? '').slice(0, 2_048)).join(' ');
  return [...text.matchAll(mention)].map(([, name = '']) => agentName(name));
}

/** A service's name however it is spelt: `Lex Models V2`, `lex_models_v2` and `lexmodelsv2` are one. */
export function agentName(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}
