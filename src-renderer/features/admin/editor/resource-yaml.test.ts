import { describe, expect, it } from 'vitest';
import { documentYaml, nameIn, withRevision } from './resource-yaml.ts';

describe('the text of a resource', () => {
  it('keeps long lines and numbers that are text', () => {
    const document = {
      kind: 'role',
      version: 'v8',
      metadata: { name: 'r' },
      spec: { allow: { app_labels: { aws_account_id: '012345678901' }, aws_role_arns: ['x'.repeat(200)] } },
    };
    expect(documentYaml(document)).toBe(
      `kind: role\nversion: v8\nmetadata:\n  name: r\nspec:\n  allow:\n    app_labels:\n      aws_account_id: "012345678901"\n    aws_role_arns:\n      - ${'x'.repeat(200)}\n`,
    );
  });

  it('takes another revision and leaves the rest as it was written', () => {
    const text = "kind: role # mine\nmetadata:\n  name: r\n  revision: '1'\nspec: {}\n";
    expect(withRevision(text, '2')).toBe("kind: role # mine\nmetadata:\n  name: r\n  revision: '2'\nspec: {}\n");
    expect(withRevision(text, undefined)).toBe('kind: role # mine\nmetadata:\n  name: r\nspec: {}\n');
    expect(withRevision('kind: [', '2')).toBe('kind: [');
  });

  it('says which resource it is', () => {
    expect(nameIn('kind: role\nmetadata: {name: r}\n')).toBe('role/r');
    expect(nameIn('kind: role\nmetadata: {name: ""}\n')).toBeUndefined();
    expect(nameIn('kind: [')).toBeUndefined();
  });
});
