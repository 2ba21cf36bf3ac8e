/**
 * The seeds' example as the app-service loads it: one role whose IAM roles come from a trait, and two users, one of
 * whom may also administer. They are texts in a module, not files, so that they are there however the app is built
 * or run.
 */

const role = `kind: role
version: v5
metadata:
  name: aws-dynamodb-access
spec:
  allow:
    app_labels:
      '*': '*'
    aws_role_arns: ['{{internal.aws_role_arns}}']
`;

const users = `kind: user
version: v2
metadata:
  name: alice
spec:
  roles: ['aws-dynamodb-access', 'editor', 'auditor']
  traits:
    aws_role_arns:
      - arn:aws:iam::123456789000:role/ExampleTeleportDynamoDBRole
      - arn:aws:iam::123456789000:role/role_for_alice
---
kind: user
version: v2
metadata:
  name: bob
spec:
  roles: ['aws-dynamodb-access']
  traits:
    aws_role_arns: ['arn:aws:iam::123456789000:role/role_for_bob']
`;

/** YAML documents for the app-service, each with the name its file would have. */
export const resources: readonly { file: string; text: string }[] = [
  { file: 'aws-dynamodb-access.yaml', text: role },
  { file: 'users.yaml', text: users },
];

/** The demo users and their passwords. They are no secret: the login screen shows them. */
export const demoUsers: readonly { user: string; password: string }[] = [
  { user: 'alice', password: 'white-rabbit' },
  { user: 'bob', password: 'sandcastle' },
];
