import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { AwsProfile } from '../../src-shared/contracts/settings.ts';

/**
 * The profiles of this machine's AWS configuration: names, regions and where their credentials come from. Keys are
 * skipped over, not kept.
 *
 * @param environment the process's environment variables, which may say where the files are
 */
export async function findAwsProfiles(environment: NodeJS.ProcessEnv): Promise<AwsProfile[]> {
  const folder = join(homedir(), '.aws');
  const [config, credentials] = await Promise.all([
    readFile(environment['AWS_CONFIG_FILE'] ?? join(folder, 'config'), 'utf8').catch(() => ''),
    readFile(environment['AWS_SHARED_CREDENTIALS_FILE'] ?? join(folder, 'credentials'), 'utf8').catch(() => ''),
  ]);
  return readProfiles(config, credentials);
}

/**
 * Reads the two files of the AWS tools. Pure.
 * Source: AWS CLI User Guide, "Configuration and credential file settings".
 */
export function readProfiles(config: string, credentials: string): AwsProfile[] {
  const profiles = new Map<string, Map<string, string>>();
  for (const [section, settings] of readIni(config)) {
    const name = section === 'default' ? section : /^profile\s+(.+)$/.exec(section)?.[1];
    if (name !== undefined) merge(profiles, unquote(name.trim()), settings);
  }
  for (const [section, settings] of readIni(credentials)) merge(profiles, section, settings);
  return [...profiles]
    .map(([name, settings]) => toProfile(name, settings))
    .sort((a, b) => Number(b.name === 'default') - Number(a.name === 'default') || a.name.localeCompare(b.name));
}

function toProfile(name: string, settings: ReadonlyMap<string, string>): AwsProfile {
  const region = settings.get('region');
  const roleArn = settings.get('role_arn');
  return { name, kind: kindOf(settings), ...(region && { region }), ...(roleArn && { roleArn }) };
}

function kindOf(settings: ReadonlyMap<string, string>): string {
  if (settings.has('sso_session') || settings.has('sso_start_url')) return 'IAM Identity Center';
  if (settings.has('web_identity_token_file')) return 'web identity';
  if (settings.has('role_arn')) return 'an assumed role';
  if (settings.has('credential_process')) return 'a program';
  if (settings.has('login_session')) return 'console login';
  return settings.has('aws_access_key_id') ? 'access keys' : 'settings only';
}

function merge(profiles: Map<string, Map<string, string>>, name: string, settings: Map<string, string>): void {
  const known = profiles.get(name) ?? new Map<string, string>();
  for (const [key, value] of settings) known.set(key, value);
  profiles.set(name, known);
}

/** Sections with their `key = value` lines; indented lines are settings of a setting and left out. */
function readIni(text: string): [section: string, settings: Map<string, string>][] {
  const sections: [string, Map<string, string>][] = [];
  for (const line of text.split(/\r?\n/)) {
    const section = /^\[([^\]]+)\]/.exec(line)?.[1];
    if (section !== undefined) {
      sections.push([section.trim(), new Map()]);
      continue;
    }
    const setting = /^([A-Za-z0-9_]+)\s*=\s*(.*?)\s*$/.exec(line);
    const current = sections.at(-1)?.[1];
    // A secret's value is not even kept for a moment.
    if (setting && current)
      current.set(setting[1] ?? '', /secret|token$|password/.test(setting[1] ?? '') ? '' : (setting[2] ?? ''));
  }
  return sections;
}

function unquote(name: string): string {
  return name.replace(/^(["'])(.*)\1$/, '$2');
}
