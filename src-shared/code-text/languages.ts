import type { AttributeValue, Item } from '../values/attribute-value.ts';
import { writeItem } from '../values/write-value.ts';
import type { ApiCall } from './api-call.ts';

/** The input of a call as JSON, as `--cli-input-json` and every SDK's documentation have it. */
export function jsonInput({ fields, items }: ApiCall): string {
  const parts = [
    ...Object.entries(fields).map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`),
    ...Object.entries(items).map(([name, item]) => `${JSON.stringify(name)}:${writeItem(item)}`),
  ];
  return `{${parts.join(',')}}`;
}

/** A command for a Unix shell. Single quotes keep everything as it is, and hold no secret. */
export function awsCliCommand(call: ApiCall, region: string): string {
  const name = call.operation.replace(/(?!^)[A-Z]/g, '-$&').toLowerCase();
  return `aws dynamodb ${name} --region ${region} --cli-input-json ${shellQuoted(jsonInput(call))}`;
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** JavaScript with the AWS SDK's own client, which keeps numbers as text. */
export function javascriptCode(call: ApiCall, region: string): string {
  const { operation, fields, items } = call;
  const lines = [
    ...Object.entries(fields).map(([name, value]) => `  ${name}: ${JSON.stringify(value)},`),
    ...Object.entries(items).map(([name, item]) => `  ${name}: ${javascript.map(item)},`),
  ];
  return [
    `import { DynamoDBClient, ${operation}Command } from '@aws-sdk/client-dynamodb';`,
    '',
    `const client = new DynamoDBClient({ region: '${region}' });`,
    `const answer = await client.send(new ${operation}Command({`,
    ...lines,
    '}));',
    '',
  ].join('\n');
}

/** Python with boto3's client, which keeps numbers as text. */
export function pythonCode(call: ApiCall, region: string): string {
  const { operation, fields, items } = call;
  const method = operation.replace(/(?!^)[A-Z]/g, '_$&').toLowerCase();
  const lines = [
    ...Object.entries(fields).map(([name, value]) => `    ${name}=${pythonJson(value)},`),
    ...Object.entries(items).map(([name, item]) => `    ${name}=${python.map(item)},`),
  ];
  const body = lines.join('\n');
  return [
    ...(body.includes('b64decode') ? ['from base64 import b64decode'] : []),
    'import boto3',
    '',
    `client = boto3.client("dynamodb", region_name="${region}")`,
    `answer = client.${method}(`,
    body,
    ')',
    '',
  ].join('\n');
}

/** How a language writes attribute values in the shape of the low-level API. */
class Literals {
  private readonly words: { yes: string; no: string };
  private readonly bytes: (base64: string) => string;
  private readonly name: (name: string) => string;

  constructor(
    words: { yes: string; no: string },
    bytes: (base64: string) => string,
    name: (name: string) => string = JSON.stringify,
  ) {
    this.words = words;
    this.bytes = bytes;
    this.name = name;
  }

  map(item: Item): string {
    return `{${Array.from(item, ([name, value]) => `${this.name(name)}: ${this.value(value)}`).join(', ')}}`;
  }

  private value(value: AttributeValue): string {
    return `{"${value.type}": ${this.inner(value)}}`;
  }

  private inner(value: AttributeValue): string {
    switch (value.type) {
      case 'S':
      case 'N':
        return JSON.stringify(value.text);
      case 'B':
        return this.bytes(value.base64);
      case 'BOOL':
        return value.value ? this.words.yes : this.words.no;
      case 'NULL':
        return this.words.yes;
      case 'M':
        return this.map(value.entries);
      case 'L':
        return `[${value.values.map((inner) => this.value(inner)).join(', ')}]`;
      case 'BS':
        return `[${value.members.map((member) => this.bytes(member)).join(', ')}]`;
      default:
        return `[${value.members.map((member) => JSON.stringify(member)).join(', ')}]`;
    }
  }
}

const javascript = new Literals(
  { yes: 'true', no: 'false' },
  (base64) => `Buffer.from(${JSON.stringify(base64)}, 'base64')`,
  // In a literal, a plain __proto__ would set the prototype and be no attribute.
  (name) => (name === '__proto__' ? '["__proto__"]' : JSON.stringify(name)),
);
const python = new Literals({ yes: 'True', no: 'False' }, (base64) => `b64decode(${JSON.stringify(base64)})`);

function pythonJson(value: unknown): string {
  return typeof value === 'boolean' ? (value ? 'True' : 'False') : JSON.stringify(value);
}
