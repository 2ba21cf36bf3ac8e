import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RolegateError } from '../../src-shared/errors.ts';
import { exampleConfig } from './example.ts';
import { readConfig } from './read-config.ts';

const fixture = (file: string) => readFileSync(new URL(`fixtures/${file}`, import.meta.url), 'utf8');
const read = (text: string, environment: NodeJS.ProcessEnv = { AWS_REGION: 'eu-west-1' }) =>
  readConfig('/etc/rolegate.yaml', text, { environment, defaultDataDir: '/var/lib/rolegate' });

function messageOf(text: string): string {
  try {
    read(text);
  } catch (error) {
    expect(error).toBeInstanceOf(RolegateError);
    return (error as RolegateError).message;
  }
  throw new Error('This configuration should have been refused.');
}

describe('a configuration file', () => {
  it('needs a name, and listens on this machine only unless it says otherwise', () => {
    const { config, notes } = read('cluster: example\n');
    expect(config).toEqual({
      cluster: 'example',
      listen: { host: '127.0.0.1', port: 3080 },
      publicAddresses: [],
      dataDir: '/var/lib/rolegate',
      store: { type: 'libsql' },
      apps: [],
      resources: [],
      audit: {},
      aws: { region: 'eu-west-1', endpoints: {} },
      log: { level: 'info', format: 'auto' },
    });
    expect(notes).toEqual([]);
  });

  it('says everything that the service takes', () => {
    const { config } = read(`
cluster: example
listen: 0.0.0.0:443
public_addr: [rolegate.example.com, 'https://10.1.2.3:443']
tls: {cert_file: tls/cert.pem, key_file: /etc/tls/key.pem}
data_dir: state
store: {type: dynamodb, table: rolegate, endpoint: 'http://127.0.0.1:8000', profile: store}
apps:
- name: aws
  uri: https://eu-west-1.console.aws.amazon.com/console/home
  description: Ours
  labels: {env: prod, aws_account_id: "012345678901"}
  cloud: AWS
  aws: {external_id: secret-handshake}
resources: [resources, more/*.yaml]
audit: {outputs: [stdout], when_failing: continue, retention_days: 30}
aws: {region: eu-central-1, profile: p, endpoints: {'*': 'http://127.0.0.1:4566'}}
upstream_proxy: {url: 'http://user:password@proxy:3128', except: .internal}
log: {level: warn, format: json}
`);
    expect(config).toEqual({
      cluster: 'example',
      listen: { host: '0.0.0.0', port: 443 },
      publicAddresses: ['https://rolegate.example.com', 'https://10.1.2.3'],
      tls: { certFile: '/etc/tls/cert.pem', keyFile: '/etc/tls/key.pem' },
      dataDir: '/etc/state',
      store: {
        type: 'dynamodb',
        table: 'rolegate',
        region: 'eu-central-1',
        endpoint: 'http://127.0.0.1:8000',
        profile: 'store',
      },
      apps: [
        {
          name: 'aws',
          description: 'Ours',
          uri: 'https://eu-west-1.console.aws.amazon.com/console/home',
          labels: { env: 'prod', aws_account_id: '012345678901' },
          externalId: 'secret-handshake',
        },
      ],
      resources: ['/etc/resources', '/etc/more/*.yaml'],
      audit: { outputs: ['stdout'], whenFailing: 'continue', retentionDays: 30 },
      aws: { region: 'eu-central-1', profile: 'p', endpoints: { '*': 'http://127.0.0.1:4566' } },
      proxy: { url: 'http://user:password@proxy:3128', except: '.internal' },
      log: { level: 'warn', format: 'json' },
    });
  });

  it.each([
    ['3080', { host: '127.0.0.1', port: 3080 }],
    ['":443"', { host: '0.0.0.0', port: 443 }],
    ['"[::1]:3080"', { host: '::1', port: 3080 }],
    ['10.0.0.1:0', { host: '10.0.0.1', port: 0 }],
  ])('listens at %s', (listen, expected) => {
    expect(read(`cluster: x\nlisten: ${listen}\n`).config.listen).toEqual(expected);
  });

  it('is the example that the command prints, and the shortest one', () => {
    for (const text of [exampleConfig.minimal, exampleConfig.whole]) {
      expect(read(text).config).toMatchObject({ cluster: 'rolegate.example.com', apps: [{ name: 'aws' }] });
    }
    // What is commented out is of use once it is not.
    const all = exampleConfig.whole
      .replace(/^# ((?:[a-z_]+:| {2}[a-z_]+:|- ).*)$/gm, '$1')
      .replace(/^( +)# (?=(?: {2})?[\w'*]+:)/gm, '$1');
    expect(read(all).config).toMatchObject({
      tls: { keyFile: '/etc/tls/key.pem' },
      store: { type: 'dynamodb' },
      resources: ['/etc/resources/*.yaml'],
      audit: { retentionDays: 400 },
      aws: { profile: 'rolegate', endpoints: { dynamodb: expect.stringContaining('vpce') } },
      apps: [{ externalId: expect.any(String), labels: { env: 'prod' } }],
      proxy: { except: '.internal.example.com' },
    });
  });

  it('takes the region of the environment, or one that the first app’s console suggests, and says so', () => {
    expect(read('cluster: x\n', { AWS_DEFAULT_REGION: 'eu-north-1' }).config.aws.region).toBe('eu-north-1');
    const app = 'cluster: x\napps: [{name: gov, uri: "https://console.amazonaws-us-gov.com/console/home"}]\n';
    const { config, notes } = read(app, {});
    expect(config.aws.region).toBe('us-gov-west-1');
    expect(notes).toEqual(['No AWS region is set: roles are assumed by STS in us-gov-west-1.']);
    expect(read('cluster: x\n', { AWS_REGION: '<YOUR_REGION>' }).notes[0]).toContain('is not an AWS region');
  });

  it('says what is probably not meant', () => {
    const notes = (text: string) => read(`cluster: x\n${text}`).notes.join('\n');
    expect(notes('public_addr: https://rolegate.example.com')).toContain('It listens on 127.0.0.1 only');
    expect(notes('listen: 0.0.0.0:3080')).toContain('No public address is set');
    expect(notes('store: {type: dynamodb, table: rolegate}')).toContain('a certificate of its own');
  });
});

describe('what is wrong in a configuration file', () => {
  const at = (place: string, sentence: string) => `/etc/rolegate.yaml:${place}: ${sentence}`;
  it.each([
    ['clutser: x', at('1:1', 'clutser is not known here. Did you mean cluster?')],
    ['cluster: x\naws:\n  regoin: eu-west-1', at('3:3', 'regoin is not known here. Did you mean region?')],
    ['listen: 1', at('1:1', 'cluster: it is missing; it must be a text.')],
    ['cluster: x\nlisten: here', at('2:1', 'listen: it must be an address and a port')],
    ['cluster: x\nlisten: 0.0.0.0:99999', at('2:1', 'listen: it must be an address and a port')],
    [
      'cluster: x\npublic_addr: http://a.example',
      at('2:1', 'public_addr: it must be an address that begins with https://'),
    ],
    ['cluster: x\naws: {region: <YOUR_REGION>}', at('2:7', 'aws.region: "<YOUR_REGION>" is a placeholder')],
    ['cluster: x\naws: {region: mars-1}', at('2:7', 'aws.region: "mars-1" is not an AWS region')],
    ['cluster: x\naws: {endpoints: {s3: s3.local}}', at('2:19', 'aws.endpoints.s3: it must be the address of a host')],
    [
      'cluster: x\nstore: {type: dynamo}',
      at('2:9', 'store.type: it must be libsql or dynamodb. Did you mean dynamodb?'),
    ],
    ['cluster: x\nstore: {type: dynamodb}', at('2:1', 'store.table is missing')],
    ['cluster: x\nstore: {table: rolegate}', at('2:9', 'store.table is for a table in DynamoDB')],
    ['cluster: x\naudit: {retention_days: 1.5}', at('2:9', 'audit.retention_days: it must be a whole number.')],
    [
      'cluster: x\napps: [{name: aws, uri: "http://localhost:8080"}]',
      at('2:20', '"http://localhost:8080" is no address of an AWS console'),
    ],
    [
      'cluster: x\napps: [{name: My App, uri: "https://console.aws.amazon.com"}]',
      at('2:9', '"My App" is no name for an app'),
    ],
    ['cluster: x\nkind: role\nspec: {}', at('2:1', 'This is a document of the kind "role"')],
    ['cluster: x\n---\ncluster: y', at('3:1', 'A configuration is one document.')],
    ['cluster: x\ncluster: y', at('2:1', 'Map keys must be unique.')],
    ['- x', at('1:1', 'The document: it must be a group of keys.')],
  ])('%j', (text, message) => {
    expect(messageOf(`${text}\n`)).toContain(message);
  });

  it('is a number without quotes, or a placeholder, where an account is named', () => {
    const app =
      'cluster: x\napps:\n- name: aws\n  uri: https://console.aws.amazon.com\n  labels:\n    aws_account_id: ';
    const message = messageOf(`${app}012345678901\n`);
    expect(message).toContain('/etc/rolegate.yaml:6:5: apps.0.labels.aws_account_id must be text');
    expect(message).toContain('aws_account_id: "012345678901"');
    expect(messageOf(`${app}aws-account-id\n`)).toContain('"aws-account-id" is no account number');
  });

  it('is all told at once', () => {
    expect(messageOf('clutser: x\nlisten: here\n').split('\n')).toHaveLength(3);
  });

  it('is that it is empty', () => {
    expect(messageOf('# nothing yet\n')).toBe('/etc/rolegate.yaml is empty.');
  });
});

describe('the published guide’s configuration file', () => {
  it('loads, and says what it means here', () => {
    const { config, notes } = read(fixture('guide.yaml'), {});
    expect(config).toMatchObject({
      cluster: 'rolegate',
      listen: { host: '127.0.0.1', port: 3080 },
      apps: [{ name: 'aws', uri: 'https://console.aws.amazon.com/home/home' }],
      aws: { region: 'us-east-1' },
    });
    expect(notes.join('\n')).toContain('does not join the cluster at teleport.example.com:443');
    expect(notes.join('\n')).toContain('auth_service and proxy_service cannot be off');
    expect(notes.join('\n')).not.toContain('ssh_service');
  });

  it('without its indentation is refused, with the text as it was', () => {
    const message = messageOf(fixture('guide-flattened.yaml'));
    expect(message).toContain('/etc/rolegate.yaml:3:1: The indentation of this file is lost');
    const corrected = message.replace(/^.*Write:\n/s, '').replace(/^ {4}/gm, '');
    expect(corrected).toBe(fixture('guide.yaml').trimEnd());
  });

  it('takes over what has a meaning here', () => {
    const { config, notes } = read(`
version: v3
teleport:
  nodename: host
  data_dir: /var/lib/teleport
  log: {output: stderr, severity: WARN, format: {output: json}}
  storage: {type: dynamodb, region: eu-west-1, table_name: teleport-state, audit_events_uri: ['dynamodb://events']}
auth_service: {enabled: yes, cluster_name: example.com, authentication: {type: local}}
proxy_service:
  enabled: yes
  web_listen_addr: 0.0.0.0:443
  public_addr: rolegate.example.com:443
  https_keypairs: [{key_file: /k.pem, cert_file: /c.pem}]
ssh_service: {enabled: on}
app_service:
  debug_app: true
  apps:
  - {name: aws, uri: 'https://console.aws.amazon.com/', public_addr: aws.example.com, cloud: AWS, aws: {external_id: x1}}
`);
    expect(config).toMatchObject({
      cluster: 'example.com',
      listen: { host: '0.0.0.0', port: 443 },
      publicAddresses: ['https://rolegate.example.com'],
      tls: { certFile: '/c.pem', keyFile: '/k.pem' },
      dataDir: '/var/lib/teleport',
      store: { type: 'dynamodb', table: 'teleport-state', region: 'eu-west-1' },
      apps: [{ name: 'aws', externalId: 'x1' }],
      log: { level: 'warn', format: 'json' },
    });
    expect(notes).toEqual([
      'ssh_service has no effect: Rolegate gives access to AWS only.',
      'Without effect here: teleport.nodename, teleport.storage.audit_events_uri, auth_service.authentication, app_service.debug_app, the app aws: public_addr.',
    ]);
  });

  it.each([
    ['app_service:\n  enabled: maybe', 'app_service.enabled: it must be true or false'],
    ['app_service:\n  aps: []', 'aps is not known here. Did you mean apps?'],
    ['teleport:\n  proxy_sever: x', 'proxy_sever is not known here. Did you mean proxy_server?'],
    ['version: v4', 'version: it must be v1, v2 or v3.'],
    ['app_service: {apps: [{name: aws, uri: "https://console.aws.amazon.com", cloud: Azure}]}', 'it must be AWS.'],
    ['teleport: {storage: {type: firestore}}', 'There is no store firestore here.'],
  ])('is refused with %j', (text, message) => {
    expect(messageOf(`${text}\n`)).toContain(message);
  });

  it('that is our own without its indentation is restored, too', () => {
    const text = exampleConfig.minimal.replace(/^ +/gm, '');
    const message = messageOf(text);
    expect(message.replace(/^.*Write:\n/s, '').replace(/^ {4}/gm, '')).toBe(exampleConfig.minimal.trimEnd());
  });
});
