/** The scope of a signing key: `20150830/us-east-1/dynamodb/aws4_request`. */
export interface CredentialScope {
  /** `YYYYMMDD`. */
  date: string;
  region: string;
  service: string;
}

const fieldPattern = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;

export function formatScope(scope: CredentialScope): string {
  return `${scope.date}/${scope.region}/${scope.service}/aws4_request`;
}

/**
 * Reads the `Credential` of an Authorization header or a presigned URL.
 *
 * @param text `<access key id>/<date>/<region>/<service>/aws4_request`
 * @returns undefined when it does not have these five parts
 */
export function parseCredential(text: string): { accessKeyId: string; scope: CredentialScope } | undefined {
  const fields = text.split('/');
  if (fields.length !== 5 || fields[4] !== 'aws4_request') return undefined;
  const [accessKeyId, date, region, service] = fields as [string, string, string, string];
  if (!/^[\w-]{1,128}$/.test(accessKeyId) || !/^\d{8}$/.test(date)) return undefined;
  if (!fieldPattern.test(region) || !fieldPattern.test(service)) return undefined;
  return { accessKeyId, scope: { date, region, service } };
}
