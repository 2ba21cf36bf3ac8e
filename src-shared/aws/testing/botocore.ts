import { execFile, execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import generated from '../data/services.generated.json' with { type: 'json' };

/** A botocore that is installed here, asked through `oracle.py`. */
export interface Botocore {
  version: string;
  /** Whether the data were made from it, from one that is newer (`older`), or from one that is older (`newer`). */
  is: 'same' | 'older' | 'newer';
  /** Each service's hosts by region, and the region to sign for: as they are, dual-stack, FIPS, both. */
  endpoints(regions: readonly string[]): Promise<Record<string, ServiceEndpoints>>;
  /** A request of every operation of every service. */
  operations(): Promise<Record<string, ServiceOperations>>;
  /** What it reads out of the errors with which an address answers a few calls: code and message. */
  errors(address: string): Promise<Record<string, [code: string, message: string]>>;
}

export interface ServiceEndpoints {
  signingName: string;
  hosts: Record<string, ([host: string, signingRegion: string] | null)[]>;
}

export interface ServiceOperations {
  signingName: string;
  requests: Record<string, OperationRequest>;
}

export interface OperationRequest {
  method: string;
  path: string;
  query: string;
  headers: [string, string][];
  /** Base64; only as much as tells the operation. */
  body: string;
  /** Where botocore would send it in us-east-1, with `{}` for what its input would say; null if it needs input. */
  target: string | null;
}

const oracle = fileURLToPath(new URL('oracle.py', import.meta.url));

/** Every botocore that one of the usual interpreters finds: a system's own, and the one that is first in the path. */
export function installedBotocores(): Botocore[] {
  const found = ['python3', '/usr/bin/python3'].flatMap((python) => open(python) ?? []);
  return found.filter(({ version }, index) => found.findIndex((one) => one.version === version) === index);
}

function open(python: string): Botocore | undefined {
  // What takes seconds is not waited for in this thread, which a test runner expects to hear from.
  const ask = async <Answer>(...args: string[]): Promise<Answer> =>
    JSON.parse((await promisify(execFile)(python, [oracle, ...args], { maxBuffer: 2 ** 28 })).stdout);
  try {
    const answer = execFileSync(python, [oracle, 'version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const version: string = JSON.parse(answer);
    return {
      version,
      is: compared(version, generated.version),
      endpoints: (regions) => ask('endpoints', ...regions),
      operations: () => ask('operations'),
      errors: (address) => ask('errors', address),
    };
  } catch {
    return undefined;
  }
}

function compared(version: string, ours: string): Botocore['is'] {
  const [a, b] = [version, ours].map((text) => text.split('.').map(Number));
  const at = a?.findIndex((part, index) => part !== b?.[index]) ?? -1;
  if (at < 0) return 'same';
  return (a?.[at] ?? 0) < (b?.[at] ?? 0) ? 'older' : 'newer';
}
