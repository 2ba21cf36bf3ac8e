import { ServiceError } from '../api/query-protocol.ts';
import { findManagedPolicy } from '../iam/managed-policies.ts';
import type { Policy } from '../iam/policy.ts';
import { parsePolicyDocument } from '../iam/policy-document.ts';

/** Parameters of STS's actions, each checked as STS checks it. Source: AWS Security Token Service API Reference. */

/** The most managed policies that a session may be narrowed by. */
const maxPolicyArns = 10;

export function validationError(message: string): ServiceError {
  return new ServiceError(400, 'ValidationError', message);
}

/** A parameter that must be there. */
export function required(parameters: URLSearchParams, name: string): string {
  const value = parameters.get(name);
  if (value) return value;
  throw constraint(null, name, 'Member must not be null');
}

/** A text whose form is prescribed; undefined when it is not there. */
export function textIn(
  parameters: URLSearchParams,
  name: string,
  { pattern, min, max }: { pattern: string; min: number; max: number },
): string | undefined {
  const value = parameters.get(name);
  if (value === null) return undefined;
  if (value.length < min) throw constraint(value, name, `Member must have length greater than or equal to ${min}`);
  if (value.length > max) throw constraint(value, name, `Member must have length less than or equal to ${max}`);
  if (new RegExp(`^(?:${pattern})$`, 'u').test(value)) return value;
  throw constraint(value, name, `Member must satisfy regular expression pattern: ${pattern}`);
}

const sessionNameForm = { pattern: '[\\w+=,.@\\-]*', min: 2, max: 64 };

/** A `RoleSessionName`, a `SourceIdentity`. */
export function sessionNameIn(parameters: URLSearchParams, name: string): string | undefined {
  return textIn(parameters, name, sessionNameForm);
}

/** `DurationSeconds`, between 900 and a maximum. */
export function durationIn(parameters: URLSearchParams, max: number): number | undefined {
  const text = parameters.get('DurationSeconds');
  if (text === null) return undefined;
  if (!/^-?\d{1,9}$/.test(text)) throw constraint(text, 'DurationSeconds', 'Member must be an integer');
  const seconds = Number(text);
  if (seconds < 900) throw constraint(text, 'DurationSeconds', 'Member must have value greater than or equal to 900');
  if (seconds > max) throw constraint(text, 'DurationSeconds', `Member must have value less than or equal to ${max}`);
  return seconds;
}

/** The members of a list, `<name>.member.1` and on. */
export function listIn(parameters: URLSearchParams, name: string, field = ''): string[] {
  const members: string[] = [];
  for (let number = 1; ; number += 1) {
    const value = parameters.get(`${name}.member.${number}${field}`);
    if (value === null) return members;
    members.push(value);
  }
}

/** What a session is to be narrowed to. */
export interface PassedPolicies {
  /** Of all that was passed; undefined when nothing was. */
  policy: Policy | undefined;
  /** What was passed, as text, to measure it. */
  text: string;
}

/** `Policy` and `PolicyArns`. A session may do what any of them allows and none of them denies. */
export function passedPolicies(parameters: URLSearchParams): PassedPolicies {
  const inline = parameters.get('Policy');
  const arns = listIn(parameters, 'PolicyArns', '.arn');
  if (arns.length > maxPolicyArns) {
    throw constraint(
      `${arns.length} members`,
      'PolicyArns',
      `Member must have length less than or equal to ${maxPolicyArns}`,
    );
  }
  if (inline === null && arns.length === 0) return { policy: undefined, text: '' };
  const policies = [...(inline === null ? [] : [inlinePolicy(inline)]), ...arns.map(managedPolicy)];
  return { policy: policies.flat(), text: [inline ?? '', ...arns].join('') };
}

function inlinePolicy(text: string): Policy {
  const policy = parsePolicyDocument(text);
  if (typeof policy !== 'string') return policy;
  throw new ServiceError(400, 'MalformedPolicyDocument', policy);
}

function managedPolicy(arn: string): Policy {
  const policy = findManagedPolicy(arn);
  if (policy) return policy;
  throw validationError(`The managed policy ${arn} is not in this sandbox. Pass the policy itself instead.`);
}

/** A parameter that breaks a rule of its form, in the words of AWS's validation. */
export function constraint(value: string | null, name: string, rule: string): ServiceError {
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  const shown = value === null ? 'Value null' : `Value '${value}'`;
  return validationError(`1 validation error detected: ${shown} at '${member}' failed to satisfy constraint: ${rule}`);
}
