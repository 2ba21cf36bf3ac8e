import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Home } from '../../src-main/home/home.ts';
import { alice, removeHome, temporaryHome } from '../integration/test-engine.ts';
import {
  type Outcome,
  type Running,
  rolegate,
  rolegateEnvironment,
  rolegateScript,
  run,
  startRolegate,
} from './command-line.ts';

/** What an administrator does on the command line, on the sandbox's app-service over TLS. */
describe('administration by commands', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'rolegate-admin-'));
  const serviceHome: Home = temporaryHome();
  const home: Home = temporaryHome();
  const bobHome: Home = temporaryHome();
  let sandbox: Running;
  let service: { service: string; ca: string };

  const login = (where: Home, args: string[], password: string) =>
    rolegate(
      where,
      ['login', '--service', service.service, '--ca', service.ca, '--password-stdin', ...args],
      `${password}\n`,
    );

  beforeAll(async () => {
    sandbox = await startRolegate(serviceHome, ['sandbox', 'start', '--format', 'json']);
    service = JSON.parse(sandbox.firstLine) as typeof service;
    expect(await login(home, ['--user', 'alice'], alice.password)).toMatchObject({ code: 0 });
    expect(await login(bobHome, ['--user', 'bob'], 'sandcastle')).toMatchObject({ code: 0 });
  });
  afterAll(async () => {
    await sandbox.stop();
    for (const one of [home, bobHome, serviceHome]) removeHome(one);
    rmSync(folder, { recursive: true });
  });

  const as =
    (where: Home) =>
    (args: string, input = '') =>
      rolegate(where, args.split(' '), input);
  const admin = as(home);
  const bob = as(bobHome);
  const done = (stdout: string | RegExp) => ({
    code: 0,
    stdout: typeof stdout === 'string' ? stdout : expect.stringMatching(stdout),
  });
  const failed = (stderr: string) => ({ code: 1, stdout: '', stderr: expect.stringContaining(stderr) });
  const file = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const role = (arns: string) =>
    `kind: role\nversion: v5\nmetadata:\n  name: readers\nspec:\n  allow:\n    app_labels:\n      '*': '*'\n    aws_role_arns: [${arns}]\n`;
  const arn = (name: string) => `arn:aws:iam::123456789000:role/${name}`;

  it('goes the way of the published guide: a role, a user who gets it, and a new role at once', async () => {
    expect(await bob(`apps login --aws-role role_for_alice aws`)).toMatchObject({ code: 1 });
    expect(await admin(`create -f ${file('readers.yaml', role(arn('role_for_alice')))}`)).toMatchObject(
      done('role readers was created.\n'),
    );
    expect(await admin('users update bob --set-roles aws-dynamodb-access,readers')).toMatchObject({ code: 0 });
    expect(await bob(`apps login --aws-role role_for_alice aws`)).toMatchObject(done(/You now use the app aws/));
  });

  it('says what is wrong with a document: file, line, column, field and what would be valid', async () => {
    const path = file('wrong.yaml', role(arn('x')).replace('aws_role_arns', 'aws_role_arn'));
    expect(await admin(`create ${path}`)).toMatchObject(
      failed(`${path}:9:5: aws_role_arn is not known here. Did you mean aws_role_arns?`),
    );
    expect(await admin(`create ${join(folder, 'nowhere.yaml')}`)).toMatchObject(failed('There is no such file'));
    expect(await admin('create -', role(arn('x')).replace('iam::', 'iam:'))).toMatchObject(
      failed(`standard input:9:21: `),
    );
    expect(await admin(`create ${file('again.yaml', role(arn('y')))}`)).toMatchObject(
      failed('There is already a role readers.'),
    );
  });

  it('shows what there is, in every format, and names what was probably meant', async () => {
    expect(await admin('get role/readers')).toMatchObject(
      done(/^kind: role\nversion: v5\nmetadata:\n {2}name: readers\n {2}revision: /),
    );
    expect(JSON.parse((await admin('get roles,users -f json')).stdout)).toHaveLength(6 + 2);
    expect((await admin('get roles -f text')).stdout).toContain('a preset of Rolegate');
    expect(await admin('get role/reader')).toMatchObject(failed('Did you mean readers?'));
    expect(await admin('get rolls')).toMatchObject(failed('Did you mean roles?'));
  });

  it('writes back what was shown, and refuses what has changed in between', async () => {
    const shown = (await admin('get role/readers')).stdout;
    expect(await admin('update -', shown.replace('role_for_alice', 'role_for_bob'))).toMatchObject(
      done('role readers was updated.\n'),
    );
    expect(await admin('create -f -', shown)).toMatchObject(failed('has changed since you read it'));
  });

  it.skipIf(process.platform === 'win32')(
    'edits in an editor, keeps what could not be used, and changes nothing for nothing',
    async () => {
      const editor = (script: string) => {
        const path = file('editor.sh', `#!/bin/sh\n${script}\n`);
        chmodSync(path, 0o755);
        return path;
      };
      const edit = (script: string): Promise<Outcome> =>
        run(process.execPath, [rolegateScript, 'edit', 'role/readers'], {
          env: { ...rolegateEnvironment(home), EDITOR: editor(script), VISUAL: '' },
        });
      expect(await edit('sed -i.bak s/role_for_bob/role_for_alice/ "$1"')).toMatchObject(
        done('role readers was updated.\n'),
      );
      expect(await edit('true')).toMatchObject(done('Nothing was changed.\n'));
      const failure = await edit('sed -i.bak s/app_labels/app_lables/ "$1"');
      expect(failure).toMatchObject(failed('role/readers:8:5: app_lables is not known here. Did you mean app_labels?'));
      const kept = /kept in (.*)\.$/m.exec(failure.stderr)?.[1] ?? '';
      expect(readFileSync(kept, 'utf8')).toContain('app_lables');
      rmSync(join(kept, '..'), { recursive: true });
      expect(await edit('exit 3')).toMatchObject({ code: 1 });

      // Somebody else writes while the editor is open: neither text is lost.
      const others = file('others.yaml', role(arn('of_somebody_else')));
      const command = `"${process.execPath}" "${rolegateScript}" create -f "${others}" >/dev/null`;
      const conflict = await edit(`sed -i.bak s/role_for_alice/of_mine/ "$1" && ${command}`);
      expect(conflict).toMatchObject(failed('The role readers has changed since you read it.'));
      const mine = /kept in (.*)\.$/m.exec(conflict.stderr)?.[1] ?? '';
      expect(readFileSync(mine, 'utf8')).toContain(arn('of_mine'));
      const theirs = /What is there now is in (.*)\.$/m.exec(conflict.stderr)?.[1] ?? '';
      expect(readFileSync(theirs, 'utf8')).toContain(arn('of_somebody_else'));
      rmSync(join(mine, '..'), { recursive: true });
      expect(await admin('get role/readers')).toMatchObject(done(/of_somebody_else/));
      expect(await edit('sed -i.bak s/of_somebody_else/role_for_alice/ "$1"')).toMatchObject({ code: 0 });
    },
  );

  it('explains a decision and lists who may assume what', async () => {
    const yes = await admin('access explain --user bob --app aws --aws-role role_for_alice');
    expect(yes).toMatchObject(done(/^Yes: bob may assume/));
    expect(yes.stdout).toContain('Decided by:  role readers, allow.aws_role_arns');
    const no = await admin(`access explain --user bob --app aws --aws-role ${arn('Nope')} -f json`);
    expect(JSON.parse(no.stdout)).toMatchObject({
      decision: { allowed: false, because: expect.stringContaining('None of the roles of bob') },
    });
    expect(await admin('access explain --user bob --app aws --aws-role Nope')).toMatchObject(
      failed('Nobody has an IAM role Nope'),
    );
    expect(await admin('access explain --user bobby --app aws --aws-role role_for_bob')).toMatchObject(
      failed('There is no user bobby'),
    );
    const rows = JSON.parse((await admin('access matrix --user bob -f json')).stdout) as {
      roleArn: string;
      role: string;
    }[];
    expect(rows.map(({ roleArn, role: by }) => [roleArn, by])).toEqual([
      [arn('role_for_alice'), 'readers'],
      [arn('role_for_bob'), 'aws-dynamodb-access'],
    ]);
    expect((await admin('access matrix -f csv')).stdout).toContain(
      `"bob","aws","${arn('role_for_alice')}","readers",""`,
    );
  });

  it('invites users, resets and deletes them', async () => {
    const added = await admin(`users add carol --roles access --trait aws_role_arns=${arn('role_for_bob')}`);
    expect(added.stderr).toContain('Give this to carol, and to nobody else.');
    const invitation = /--invitation ([\w-]{43})\n/.exec(added.stdout)?.[1] ?? '';
    const carolHome = temporaryHome();
    expect(await login(carolHome, ['--invitation', invitation], 'short')).toMatchObject(failed('12 characters'));
    expect(await login(carolHome, ['--invitation', invitation], 'correct horse battery')).toMatchObject(
      done(/as carol/),
    );
    expect(await login(carolHome, ['--invitation', invitation], 'correct horse battery')).toMatchObject(
      failed('was used already'),
    );
    expect(await as(carolHome)('get users')).toMatchObject(failed('carol may not read user resources.'));
    expect((await admin('users reset carol')).stdout).toContain('--invitation');
    expect(await as(carolHome)('apps ls')).toMatchObject(failed('You are not logged in.'));
    expect(await admin('users rm carol')).toMatchObject(done('User carol was deleted.\n'));
    expect(await admin('users rm alice')).toMatchObject({ code: 1 });
    removeHome(carolHome);
  });

  it('shows and ends sessions', async () => {
    // The one from before ended when the role was changed.
    expect(await bob(`apps login --aws-role role_for_alice aws`)).toMatchObject({ code: 0 });
    const logins = JSON.parse((await admin('sessions ls --user bob -f json')).stdout) as {
      id: string;
      appSessions: unknown[];
    }[];
    expect(logins).toMatchObject([{ user: 'bob', appSessions: [{ roleArn: arn('role_for_alice') }] }]);
    expect((await admin('sessions ls')).stdout).toContain(arn('role_for_alice'));
    expect(await admin(`sessions rm ${logins[0]?.id.slice(0, 12)}`)).toMatchObject(
      done('Ended 1 login and 1 session with IAM roles.\n'),
    );
    expect(await bob('apps ls')).toMatchObject(failed('You are not logged in.'));
    expect(await admin('sessions rm')).toMatchObject(failed('Say which sessions'));
  });

  it('finds, follows, exports and verifies the audit log', async () => {
    expect((await admin('audit ls --event resource.created')).stdout).toContain('role/readers');
    const refused = JSON.parse((await admin('audit ls --user carol --failed -f json')).stdout);
    expect(refused).toMatchObject([{ event: 'admin.denied', reason: 'carol may not read user resources.' }]);
    expect(await admin('audit ls --user nobody')).toMatchObject({ code: 0, stdout: '', stderr: 'No event fits.\n' });
    expect(await admin('audit ls --request no-such-id')).toMatchObject({ code: 0, stderr: 'No event fits.\n' });
    expect(await admin('audit ls --from yesterday')).toMatchObject({ code: 2 });
    const anchor = join(folder, 'anchor.json');
    expect(await admin(`audit verify --save-anchor ${anchor}`)).toMatchObject(done(/nothing was changed\.\n/));
    expect(await admin(`audit verify --anchor ${anchor}`)).toMatchObject(done(/Signed by the service up to event \d+/));

    const exported = join(folder, 'audit.jsonl');
    expect(await admin(`audit export -o ${exported}`)).toMatchObject({ code: 0 });
    expect(await admin(`audit verify --file ${exported} --anchor ${anchor}`)).toMatchObject({ code: 0 });
    const lines = readFileSync(exported, 'utf8').trim().split('\n');
    writeFileSync(exported, lines.filter((_, index) => index !== 2).join('\n'));
    expect(await admin(`audit verify --file ${exported}`)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('Event 3 is missing.'),
    });
    writeFileSync(exported, lines.slice(0, 4).join('\n'));
    expect(await admin(`audit verify --file ${exported} --anchor ${anchor}`)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('cut off'),
    });
    expect(await admin(`audit verify --anchor ${exported}`)).toMatchObject(failed('is no anchor'));

    const tail = startRolegate(home, ['audit', 'tail', '-f', 'json', '--event', 'resource']);
    // The event comes while somebody watches: until then, others are made.
    let made = 0;
    const making = (async () => {
      let seen = false;
      void tail.then(() => {
        seen = true;
      });
      while (!seen && made < 50) {
        made += 1;
        await admin('create -f -', role(arn(`r${made}`)));
      }
    })();
    const { firstLine, stop } = await tail;
    expect(JSON.parse(firstLine)).toMatchObject({ event: 'resource.updated', user: 'alice' });
    await making;
    expect(await stop()).toBe(0);
  });

  it('is for those whose roles allow it', async () => {
    expect(await login(bobHome, ['--user', 'bob'], 'sandcastle')).toMatchObject({ code: 0 });
    for (const command of [
      'get roles',
      'users ls',
      'audit ls',
      'audit verify',
      'access matrix',
      'sessions ls',
      'rm role/readers',
      'users reset alice',
    ]) {
      const outcome = await bob(command);
      expect([command, outcome.code]).toEqual([command, 1]);
      expect(outcome.stderr).toMatch(/^bob may not /);
    }
  });

  it('keeps what was written over a restart of the service', async () => {
    await admin('create -f -', role(arn('kept')));
    await sandbox.stop();
    sandbox = await startRolegate(serviceHome, [
      'sandbox',
      'start',
      '--format',
      'json',
      '--port',
      new URL(service.service).port,
    ]);
    expect((await admin('get role/readers')).stdout).toContain(arn('kept'));
    expect(await admin('audit verify')).toMatchObject(done(/nothing was changed\.\n(?:.*\n)*Signed by the service/));
    expect(await admin('rm role/readers')).toMatchObject(failed('is in use by user/bob'));
    await admin('users update bob --set-roles aws-dynamodb-access');
    expect(await admin('rm role/readers')).toMatchObject(done('role readers was deleted.\n'));
  });

  it('lets one user ask for a role and another decide, and nobody on their own', async () => {
    const asking = `kind: role\nversion: v8\nmetadata: {name: on-call}\nspec: {allow: {request: {app_labels: {'*': '*'}, aws_role_arns: ['${arn('role_chain_first')}'], max_duration: 2h}}}\n`;
    expect(await admin('create -f -', asking)).toMatchObject({ code: 0 });
    expect(await admin('users update bob --set-roles aws-dynamodb-access,on-call')).toMatchObject({ code: 0 });
    expect(await bob('apps login --aws-role role_chain_first aws')).toMatchObject({ code: 1 });
    expect(await bob('requests create aws --aws-role role_nobody --reason x')).toMatchObject(
      failed('You may ask for: role_chain_first.'),
    );
    expect(await bob('requests create aws --aws-role role_chain_first --reason x --for 3h')).toMatchObject(
      failed('from a minute up to 2h'),
    );
    const create = 'requests create aws --aws-role role_chain_first --reason OPS-7 --for 30m --format json';
    const { stdout } = await bob(create);
    const { id } = JSON.parse(stdout) as { id: string };
    expect(await bob(`requests approve ${id}`)).toMatchObject(failed('Nobody decides on a request of their own.'));
    // Alice administers, but decides on nothing until a role says so.
    expect(await admin(`requests approve ${id}`)).toMatchObject(failed('preset role reviewer'));
    expect(await admin('users update alice --set-roles aws-dynamodb-access,editor,auditor,reviewer')).toMatchObject({
      code: 0,
    });
    expect(await admin('requests ls --state pending')).toMatchObject(done(/pending, for you to decide .*OPS-7/));
    expect(await admin(`requests approve ${id} --reason fine`)).toMatchObject(
      done(/^bob has .*role_chain_first until/),
    );
    expect(await admin(`access explain --user bob --app aws --aws-role ${arn('role_chain_first')}`)).toMatchObject(
      done(/The request \w+, which alice has approved/),
    );
    expect(await admin('access matrix --user bob')).toMatchObject(
      done(/role_chain_first +on-call +asked for, until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d/),
    );
    expect(await bob('apps login --aws-role role_chain_first aws')).toMatchObject({ code: 0 });
    expect(await bob(`requests withdraw ${id}`)).toMatchObject({ code: 0 });
    expect(await bob('apps login --aws-role role_chain_first aws')).toMatchObject({ code: 1 });
    expect(await bob('requests ls --format json')).toMatchObject(done(/"state": "withdrawn"/));
  });
});
