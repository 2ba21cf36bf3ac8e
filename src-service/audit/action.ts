import { type AwsCall, headerValue } from '../../src-shared/contracts/aws-call.ts';

const actionName = /^[A-Za-z][A-Za-z0-9]{0,127}$/;

/**
 * The name of the operation that a request asks for, where its protocol writes it down: after the dot of
 * `X-Amz-Target` (JSON protocols), or as `Action` in the query or the form body (query protocols).
 */
export function actionOf(call: Pick<AwsCall, 'headers' | 'query' | 'body'>): string | undefined {
  const target = headerValue(call.headers, 'x-amz-target');
  if (target !== undefined) return valid(target.slice(target.lastIndexOf('.') + 1));
  const inQuery = actionParameter(call.query);
  if (inQuery !== undefined) return inQuery;
  const isForm = headerValue(call.headers, 'content-type')?.startsWith('application/x-www-form-urlencoded');
  if (!isForm || !(call.body instanceof Uint8Array)) return undefined;
  return actionParameter(Buffer.from(call.body.buffer, call.body.byteOffset, call.body.byteLength).toString('latin1'));
}

function actionParameter(form: string): string | undefined {
  return valid(/(?:^|&)Action=([^&]*)/.exec(form)?.[1] ?? '');
}

function valid(text: string): string | undefined {
  return actionName.test(text) ? text : undefined;
}
