/** The IAM role of the example. */
export const exampleArn = 'arn:aws:iam::123456789000:role/ExampleTeleportDynamoDBRole';

/** Alice, who may assume that role, and an administrator, who may not. */
export const aliceAndAdmin = `
kind: role
version: v7
metadata: {name: dev}
spec: {allow: {app_labels: {'*': '*'}, aws_role_arns: ['${exampleArn}']}}
---
kind: user
version: v2
metadata: {name: alice}
spec: {roles: [dev]}
---
kind: user
version: v2
metadata: {name: admin}
spec: {roles: [editor, auditor]}
`;
