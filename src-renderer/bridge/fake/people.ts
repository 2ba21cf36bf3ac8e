import type { AppInfo, IamRole } from '../../../src-shared/contracts/service-api.ts';
import type { AppSession, AppState } from '../../../src-shared/contracts/state.ts';

const hour = 3_600_000;

/** A role of the example account, or of another. */
export function role(name: string, path = '/', accountId = '123456789012'): IamRole {
  return { arn: `arn:aws:iam::${accountId}:role${path}${name}`, name, path, accountId, partition: 'aws' };
}

/** The role of the examples. */
export const exampleRole = role('ExampleTeleportDynamoDBRole');
/** The role that is hers alone. */
export const aliceRole = role('role_for_alice');

/** The one app of the sandbox. */
export const awsApp: AppInfo = {
  name: 'aws',
  description: 'The example AWS account of the sandbox',
  uri: 'https://console.aws.amazon.com/',
  labels: { env: 'sandbox', team: 'platform' },
  region: 'us-east-1',
  roles: [exampleRole, aliceRole],
};

/** A second app, with many roles in several accounts. */
export const prodApp: AppInfo = {
  name: 'aws-prod',
  description: 'Production accounts',
  uri: 'https://console.aws.amazon.com/',
  labels: { env: 'prod' },
  region: 'eu-central-1',
  roles: Array.from({ length: 400 }, (_, index) =>
    role(
      `${['ReadOnly', 'Developer', 'DataEngineer', 'Admin', 'Billing'][index % 5]}${index}`,
      index % 3 === 0 ? '/teams/payments/' : '/',
      String(210_000_000_000 + Math.floor(index / 20)),
    ),
  ),
};

/** An app session that runs. */
export function appSession(id: string, of: IamRole, left = 11.9 * hour): AppSession {
  const now = Date.now();
  return {
    id,
    app: 'aws',
    role: of,
    region: 'us-east-1',
    startedAt: now - 6 * 60_000,
    expiresAt: now + left,
    accessKeyId: 'RGW7QFY3JHVTN24HQKQ4',
    keepsKeys: false,
    plainHttp: false,
    readOnly: false,
    unlocked: false,
  };
}

/** The sandbox as it is at first: nobody is logged in. */
export function firstState(): AppState {
  return {
    revision: 1,
    version: '0.1.0',
    way: 'sandbox',
    phase: 'signed-out',
    cluster: 'sandbox',
    sandboxUsers: [
      { user: 'alice', password: 'white-rabbit' },
      { user: 'bob', password: 'sandcastle' },
    ],
    secrets: { kind: 'keychain' },
    endedSessions: [],
    accessRevision: 0,
    appSessions: [],
    jobs: [],
    gateway: {
      proxy: { status: 'running', port: 23456 },
      endpoint: { status: 'running', port: 23457 },
      caFile: '/home/alice/.config/rolegate/sandbox/ca-bundle.pem',
      caExpiresAt: Date.now() + 360 * 24 * hour,
    },
    theme: 'system',
    production: [],
  };
}

/** A user who is logged in. */
export function user(name: string): NonNullable<AppState['user']> {
  return { name, roles: ['dev', 'aws-dynamodb-access'], validUntil: Date.now() + 11.95 * hour };
}
