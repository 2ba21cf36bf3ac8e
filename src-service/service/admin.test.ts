import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ResourcePage, ShowResourcesRequest } from '../../src-shared/contracts/admin-api.ts';
import { aliceAndAdmin } from '../testing/people.ts';
import { startTestService, type TestService } from '../testing/test-service.ts';

const count = 60;
/** Of a size of which a page takes some twenty. */
const padding = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`label-${n}`, 'x'.repeat(4_000)]));
/** Names are secrets, of which the last characters are shown; many have the same. */
const nameOf = (n: number) => `${createHash('sha256').update(`${n}`).digest('hex').slice(0, 24)}-${n % 3}end`;
const tokens = Array.from({ length: count }, (_, n) =>
  JSON.stringify({
    kind: 'token',
    version: 'v2',
    metadata: { name: nameOf(n), description: `token ${n}`, labels: padding },
    spec: { roles: ['App'] },
  }),
);
const people = `${aliceAndAdmin}---
{kind: role, version: v8, metadata: {name: looks}, spec: {allow: {rules: [{resources: [token], verbs: [list, readnosecrets]}]}}}
---
{kind: user, version: v2, metadata: {name: looker}, spec: {roles: [looks]}}
`;

let test: TestService;
let token: string;
beforeEach(async () => {
  test = await startTestService(`${people}---\n${tokens.join('\n---\n')}`);
  ({ token } = await test.service.loginAs('looker'));
  return () => test.close();
});

const described = ({ resources }: ResourcePage) => resources.map(({ document }) => document.metadata['description']);
const all = Array.from({ length: count }, (_, n) => `token ${n}`).sort();

async function pages(who: string, more: Partial<ShowResourcesRequest> = {}, between?: () => Promise<unknown>) {
  const found: ResourcePage[] = [];
  let after: string | undefined;
  do {
    const page = await test.service.showResources(who, { kind: 'token', ...more, ...(after && { after }) });
    found.push(page);
    after = page.next;
    if (found.length === 1) await between?.();
  } while (after !== undefined && found.length < count);
  return found;
}

describe('join tokens on several pages', () => {
  it('are each on one of them, and none says a name', async () => {
    const found = await pages(token);
    expect(found.length).toBeGreaterThan(2);
    expect(found.flatMap(described).sort()).toEqual(all);
    const said = JSON.stringify(found);
    for (let n = 0; n < count; n += 1) expect(said).not.toContain(nameOf(n).slice(0, 8));
    // Nor what somebody could try names against.
    for (const digest of ['hex', 'base64url'] as const) {
      for (let n = 0; n < count; n += 1) {
        expect(said).not.toContain(createHash('sha256').update(nameOf(n)).digest(digest).slice(0, 16));
      }
    }
  });

  it('are so too with their names, for those who may see these', async () => {
    const admin = (await test.service.loginAs('admin')).token;
    const found = await pages(admin, { withSecrets: true });
    expect(found.length).toBeGreaterThan(2);
    const names = found.flatMap(({ resources }) => resources).map(({ document }) => document.metadata['name']);
    expect(names.sort()).toEqual(Array.from({ length: count }, (_, n) => nameOf(n)).sort());
  });

  it('are written down as read whichever of them is asked for', async () => {
    const admin = (await test.service.loginAs('admin')).token;
    await test.service.showResources(admin, { kind: 'token', withSecrets: true, after: ' ' });
    await test.service.auditHead(admin);
    const filter = { event: 'resource.secrets_read' };
    const { lines } = await test.service.queryAudit(admin, { filter, order: 'newest', limit: 10 });
    expect(lines).toHaveLength(1);
  });

  it('stay where they are while others come and go, and the service starts again', async () => {
    const admin = (await test.service.loginAs('admin')).token;
    const added = Array.from({ length: 20 }, (_, n) => `added-between-the-pages-${n}-0end`);
    const text = (name: string) => `{kind: token, version: v2, metadata: {name: ${name}}, spec: {roles: [App]}}`;
    const write = (names: readonly string[]) =>
      test.service.writeResources(admin, {
        files: [{ file: 'x.yaml', text: names.map(text).join('\n---\n') }],
        mode: 'upsert',
      });
    await write(added.slice(0, 10));
    const found = await pages(token, {}, async () => {
      for (const name of added.slice(0, 10)) await test.service.deleteResource(admin, { kind: 'token', name });
      await write(added.slice(10));
      await test.restart();
    });
    const old = found.flatMap(described).filter((one) => one !== undefined);
    expect(old.sort()).toEqual(all);
  });
});
