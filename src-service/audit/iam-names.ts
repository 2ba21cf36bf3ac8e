/**
 * Prefixes of IAM actions that differ from the signing name.
 * Source: Service Authorization Reference, "Actions, resources, and condition keys for AWS services".
 */
const prefixes: Readonly<Record<string, string>> = {
  awsssoportal: 'sso',
  iotsecuredtunneling: 'iot',
  iotdata: 'iot',
  'iot-jobs-data': 'iotjobsdata',
  monitoring: 'cloudwatch',
  'mturk-requester': 'mechanicalturk',
  'sso-oauth': 'sso-oauth',
  tagging: 'tag',
};

/** Operations whose action has another name, by action prefix. Source: the same. */
const actions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  lambda: { Invoke: 'InvokeFunction', InvokeWithResponseStream: 'InvokeFunction' },
};

/** An operation as IAM policies write it; where IAM's own name is not known here, the operation's. */
export function iamAction(signingName: string, operation: string): string {
  const name = signingName.toLowerCase();
  const prefix = own(prefixes, name) ?? name;
  return `${prefix}:${own(own(actions, prefix) ?? {}, operation) ?? operation}`;
}

function own<Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
