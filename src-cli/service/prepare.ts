import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { exampleConfig } from '../../src-service/config/example.ts';
import { problemsError } from '../../src-service/config/problem.ts';
import { readConfig } from '../../src-service/config/read-config.ts';
import { problemAt } from '../../src-service/config/schema-problems.ts';
import type { ServiceConfig } from '../../src-service/config/service-config.ts';
import { readServerCertificate, type ServerCertificate } from '../../src-service/http/certificate.ts';
import type { Kind } from '../../src-service/resources/document.ts';
import type { LoadedDocument } from '../../src-service/resources/load-resources.ts';
import { presetRoles } from '../../src-service/resources/presets.ts';
import { type ReadDocument, readDocuments } from '../../src-service/resources/read-documents.ts';
import { missingReferences } from '../../src-service/resources/references.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { privacyNotes } from './privacy.ts';

/** All that the files of an operator say, read and checked. */
export interface PreparedService {
  config: ServiceConfig;
  resources: readonly LoadedDocument[];
  /** How many files the documents came from. */
  resourceFiles: number;
  /** The certificate of the files; a self-made one is used without. */
  certificate: ServerCertificate | undefined;
  /** What the operator should know, in sentences. */
  notes: readonly string[];
}

/** Where the configuration is when nobody says. */
export function defaultConfigFile(environment: NodeJS.ProcessEnv = process.env): string {
  if (environment['ROLEGATE_CONFIG']) return environment['ROLEGATE_CONFIG'];
  return process.platform === 'win32' ? join(programData(environment), 'config.yaml') : '/etc/rolegate.yaml';
}

function defaultDataDir(environment: NodeJS.ProcessEnv): string {
  return process.platform === 'win32' ? join(programData(environment), 'data') : '/var/lib/rolegate';
}

function programData(environment: NodeJS.ProcessEnv): string {
  return join(environment['ProgramData'] ?? 'C:\\ProgramData', 'Rolegate');
}

/**
 * Reads a configuration and everything that it names.
 *
 * @throws RolegateError with all that is wrong in the configuration, or then in the files that it names
 */
export async function prepareService(file: string, environment = process.env): Promise<PreparedService> {
  const { config, notes } = readConfig(file, await readText(file), {
    environment,
    defaultDataDir: defaultDataDir(environment),
  });
  const { readResourceFiles } = await import('./resource-files.ts');
  const files = await readResourceFiles(config.resources);
  const { documents, problems } = readDocuments(files);
  if (problems.length > 0) throw problemsError(problems);
  const resources = documents.map(({ document, source }) => ({ document, file: source.file }));
  return {
    config,
    resources,
    resourceFiles: files.length,
    certificate: config.tls && (await readServerCertificate(config.tls)),
    notes: [
      ...notes,
      ...referenceNotes(documents),
      ...duplicateNotes(documents, config),
      ...(await privacyNotes(file, config, resources)),
    ],
  };
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') {
      const reason = code === 'EACCES' ? 'It may not be read by this user' : 'It cannot be read';
      throw new RolegateError('bad_input', `${file}: ${reason}.`);
    }
    throw new RolegateError('not_found', `There is no configuration ${resolve(file)}.`, {
      hint: `Name one with --config FILE, or write it, for example:\n\n${exampleConfig.minimal}\nAll that there is: rolegate service config`,
    });
  }
}

/** What documents name and neither the files nor the program have. It may be in the store, so it is no error. */
function referenceNotes(documents: readonly ReadDocument[]): string[] {
  const known = [...documents.map(({ document }) => document), ...presetRoles.map(({ document }) => document)];
  const names = (kind: Kind) => known.filter((one) => one.kind === kind).map(({ metadata }) => metadata.name);
  const exists = (kind: Kind, name: string) => names(kind).includes(name);
  return documents.flatMap(({ document, source }) =>
    missingReferences(document, exists, names).map(({ path, message }) => {
      const { file, line, column } = problemAt(source, path, message);
      return `${file}:${line}:${column}: ${message} It may still be in the store.`;
    }),
  );
}

function duplicateNotes(documents: readonly ReadDocument[], { apps }: ServiceConfig): string[] {
  const twice = documents.filter(({ document: { kind, metadata } }) => {
    return kind === 'app' && apps.some(({ name }) => name === metadata.name);
  });
  return twice.map(
    ({ document, source }) =>
      `The app ${document.metadata.name} is in the configuration and in ${source.file}. The one of the configuration holds.`,
  );
}
