import { spawnSync } from 'node:child_process';
import { cleanEnvironment } from './command-line.ts';

/** Whether a program is there. Tests with a program that is not are skipped, visibly. */
function has(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { env: cleanEnvironment() }).status === 0;
}

/** The aws CLI; Debian's own where another one stands before it on the path. */
export const awsCli = ['/usr/bin/aws', 'aws'].find((one) => has(one, '--version'));

/** A Python that has boto3; Debian's own where another one stands before it on the path. */
export const python = ['/usr/bin/python3', 'python3'].find((one) => has(one, '-c', 'import boto3'));

export const curl = ['/usr/bin/curl', 'curl'].find((one) => has(one, '--aws-sigv4', 'aws:amz', '--version'));

export const s3cmd = ['s3cmd'].find((one) => has(one, '--version'));

export const rclone = ['rclone'].find((one) => has(one, 'version'));

/** An aws CLI that reads `AWS_ENDPOINT_URL` (1.29, 2.13 or later), so that it reaches STS too in endpoint mode. */
export const endpointAwsCli = ['/usr/bin/aws', 'aws'].find((one) => {
  const { stdout } = spawnSync(one, ['--version'], { env: cleanEnvironment(), encoding: 'utf8' });
  const [, major, minor] = /^aws-cli\/(\d+)\.(\d+)/.exec(stdout ?? '') ?? [];
  return Number(minor) >= (major === '1' ? 29 : 13);
});

export const go = ['go'].find((one) => has(one, 'version'));

/** A Java that runs source files. */
export const java = ['java'].find((one) => has(one, '--version') && has('javac', '--version'));
