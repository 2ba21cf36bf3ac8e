/** A custom endpoint as it stands in the form. */
export interface EndpointLine {
  id: number;
  service: string;
  url: string;
}

/** The endpoints to use, without the empty lines of the form. */
export function endpointsOf(lines: readonly EndpointLine[]): Record<string, string> {
  const used = lines.filter(({ service, url }) => service.trim() !== '' && url.trim() !== '');
  return Object.fromEntries(used.map(({ service, url }) => [service.trim().toLowerCase(), url.trim()]));
}

/** What is wrong with a line; undefined when it is in order, or empty. */
export function endpointProblem({ service, url }: EndpointLine): string | undefined {
  const name = service.trim().toLowerCase();
  if (name === '' && url.trim() === '') return undefined;
  if (!/^(\*|[a-z0-9][a-z0-9.-]*)$/.test(name)) {
    return 'The service is a name such as dynamodb or sts, or * for all others.';
  }
  return /^https?:\/\/[^/\s]+/.test(url.trim()) && URL.canParse(url.trim())
    ? undefined
    : 'The endpoint is an address such as https://vpce-1234.dynamodb.eu-west-1.vpce.amazonaws.com.';
}
