import { kinds, type ResourceDocument } from './document.ts';
import type { LoadedDocument } from './load-resources.ts';

function preset(name: string, description: string, allow: Record<string, unknown>): LoadedDocument {
  const document: ResourceDocument = {
    kind: 'role',
    version: 'v8',
    metadata: { name, description },
    spec: { allow },
  };
  return { document, file: 'a preset of Rolegate' };
}

/** Roles that every cluster has from the start. They do nothing until a user has them, and can be replaced. */
export const presetRoles: readonly LoadedDocument[] = [
  preset('access', 'Assume the IAM roles that the user’s trait aws_role_arns names, through every app.', {
    app_labels: { '*': '*' },
    aws_role_arns: ['{{internal.aws_role_arns}}'],
  }),
  preset('editor', 'Administer users, roles and all other resources, and end sessions.', {
    rules: [
      { resources: [...kinds], verbs: ['*'] },
      { resources: ['session'], verbs: ['list', 'read', 'delete'] },
    ],
  }),
  preset('reviewer', 'Decide on requests of others for any IAM role of any app.', {
    review_requests: { app_labels: { '*': '*' }, aws_role_arns: ['*'] },
  }),
  preset('auditor', 'Read the audit log and see who has a session.', {
    rules: [{ resources: ['event', 'session'], verbs: ['list', 'read'] }],
  }),
];
