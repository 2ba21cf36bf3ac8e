import { parseDocument, stringify } from 'yaml';
import type { ResourceInfo } from '../../../../src-shared/contracts/admin-api.ts';

/** A document as a person edits it: the same text that `rolegate get` prints. */
export function documentYaml(document: ResourceInfo['document']): string {
  return stringify(document, { lineWidth: 0 });
}

/** The same text for another revision: all else stays as it was written, remarks too. */
export function withRevision(text: string, revision: string | undefined): string {
  const document = parseDocument(text);
  if (document.errors.length > 0) return text;
  if (revision === undefined) document.deleteIn(['metadata', 'revision']);
  else document.setIn(['metadata', 'revision'], revision);
  return document.toString({ lineWidth: 0 });
}

/** The kind and the name that a text gives itself, for messages; undefined while it does not say. */
export function nameIn(text: string): string | undefined {
  const document = parseDocument(text, { logLevel: 'silent' });
  if (document.errors.length > 0) return undefined;
  const [kind, name] = [document.getIn(['kind']), document.getIn(['metadata', 'name'])];
  return typeof kind === 'string' && typeof name === 'string' && name !== '' ? `${kind}/${name}` : undefined;
}

/** What a new resource of a kind begins with. */
export const skeletons: Record<string, string> = {
  role: `kind: role
version: v8
metadata:
  name: new-role
spec:
  allow:
    app_labels:
      '*': '*'
    aws_role_arns:
      - '{{internal.aws_role_arns}}'
`,
  app: `kind: app
version: v3
metadata:
  name: aws-prod
  description: Production
  labels:
    env: prod
spec:
  uri: https://console.aws.amazon.com/console/home
`,
  oidc: `kind: oidc
version: v3
metadata:
  name: my-provider
spec:
  display: My provider
  issuer_url: https://
  client_id: rolegate
  client_secret: ''
  claims_to_roles:
    - claim: groups
      value: developers
      roles: [access]
`,
  saml: `kind: saml
version: v2
metadata:
  name: my-provider
spec:
  display: My provider
  entity_descriptor_url: https://
  attributes_to_roles:
    - name: groups
      value: developers
      roles: [access]
`,
  github: `kind: github
version: v3
metadata:
  name: github
spec:
  display: GitHub
  client_id: ''
  client_secret: ''
  teams_to_roles:
    - organization: my-organization
      team: developers
      roles: [access]
`,
};
