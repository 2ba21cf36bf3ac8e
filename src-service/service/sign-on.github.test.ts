import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FakeGithub, startFakeGithub } from '../testing/fake-github.ts';
import { type SignOnService, startSignOnService } from '../testing/sign-on-service.ts';

const roles = `
kind: role
version: v7
metadata: {name: dev}
spec: {}
---
kind: role
version: v7
metadata: {name: ops}
spec: {}
`;
const gh = { kind: 'github', name: 'gh' } as const;

let test: SignOnService;
let github: FakeGithub;
const connector = () => `
kind: github
version: v3
metadata: {name: gh}
spec:
  client_id: ${github.client.id}
  client_secret: ${github.client.secret}
  endpoint_url: ${github.url}
  teams_to_roles:
  - {organization: octo-org, team: developers, roles: [dev]}
  - {organization: octo-org, team: operators, roles: [dev, ops]}
`;

beforeAll(async () => {
  test = await startSignOnService(roles);
  github = await startFakeGithub();
});
afterAll(async () => {
  await test.close();
  await github.close();
});
beforeEach(async () => {
  github.person = { login: 'mona', id: 7, teams: ['octo-org/developers', 'other/operators'] };
  await test.write(connector());
  return () => test.service.deleteResource(test.admin, { kind: 'user', name: 'mona' }).catch(() => undefined);
});

describe('signing on by GitHub', () => {
  it('gives the roles of the teams that one is in, in their own organizations', async () => {
    expect((await test.signOn(gh)).user).toMatchObject({
      name: 'mona',
      roles: ['dev'],
      traits: {
        github_login: ['mona'],
        github_orgs: ['octo-org', 'other'],
        github_teams: ['octo-org/developers', 'other/operators'],
      },
    });
  });

  it('reads all pages of the teams', async () => {
    const many = Array.from({ length: 250 }, (_, index) => `big-org/team-${index}`);
    github.person = { login: 'mona', id: 7, teams: [...many, 'octo-org/operators'] };
    expect((await test.signOn(gh)).user.roles).toEqual(['dev', 'ops']);
  });

  it('keeps out whoever is in none of them', async () => {
    github.person = { login: 'mona', id: 7, teams: ['octo-org/guests', 'OCTO-ORG/developers'] };
    await expect(test.signOn(gh)).rejects.toThrow('mona has no role here.');
  });

  it('says that it was cancelled', async () => {
    github.person = 'cancels';
    await expect(test.signOn(gh)).rejects.toThrow('You were not signed in at gh.');
  });

  it('keeps out somebody who has taken over the name of a user who is logged in', async () => {
    await test.signOn(gh);
    github.person = { login: 'mona', id: 8, teams: ['octo-org/developers'] };
    await expect(test.signOn(gh)).rejects.toThrow('somebody else');
  });

  it('shows no secret of the client when it is wrong', async () => {
    await test.write(connector().replace(github.client.secret, 'another secret'));
    await expect(test.signOn(gh)).rejects.toThrow('refused the sign-on: incorrect_client_credentials');
    expect(await test.service.testConnector(test.admin, gh)).toMatchObject({
      ok: false,
      checks: [{ ok: false, detail: expect.stringContaining('does not know this client id') }],
    });
  });

  it('can be tested without a login', async () => {
    expect(await test.service.testConnector(test.admin, gh)).toMatchObject({ ok: true });
  });
});
