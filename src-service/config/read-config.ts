import { dirname, resolve } from 'node:path';
import type { z } from 'zod';
import { RolegateError } from '../../src-shared/errors.ts';
import type { Finding } from '../resources/document.ts';
import { exampleConfig } from './example.ts';
import { guideShape } from './guide-shape.ts';
import { restoreIndentation } from './indentation.ts';
import { ownShape } from './own-shape.ts';
import { type Problem, problemsError } from './problem.ts';
import { problemAt, schemaProblems } from './schema-problems.ts';
import type { ConfigContext, ReadConfig, ServiceConfig } from './service-config.ts';
import { readYaml, type YamlDocument } from './yaml-document.ts';

/** A way in which a configuration file can be written. */
export interface ConfigShape<Schema extends z.ZodType = z.ZodType> {
  schema: Schema;
  /** What is wrong beyond the schema. */
  check(document: z.output<Schema>): Finding[];
  toConfig(document: z.output<Schema>, context: ConfigContext): ReadConfig;
}

/** Keys that only the published guide's file has at its top. */
const guideKeys = ['teleport', 'auth_service', 'proxy_service', 'ssh_service', 'app_service', 'version'];

/**
 * Reads a configuration file: our own, or the one of the published guide.
 *
 * @param file its path; relative paths in it begin in its folder
 * @throws RolegateError `bad_input` naming file, line, column and field of everything that is wrong, with the corrected
 *   text where it can be told
 */
export function readConfig(file: string, text: string, context: ConfigContext): ReadConfig {
  const flattened = flattenedProblem(file, text);
  if (flattened) throw problemsError([flattened]);
  const { documents, problems } = readYaml(file, text);
  if (problems.length > 0) throw problemsError(problems);
  const [source, second] = documents;
  if (!source) {
    throw new RolegateError('bad_input', `${file} is empty.`, { hint: `It could be:\n${exampleConfig.minimal}` });
  }
  if (second) throw problemsError([problemAt(second, [], 'A configuration is one document. This is a second one.')]);
  const shape = shapeOf(source);
  const parsed = shape.schema.safeParse(source.value, { reportInput: true });
  if (!parsed.success) throw problemsError(schemaProblems(source, shape.schema, parsed.error));
  const findings = shape.check(parsed.data);
  if (findings.length > 0) throw problemsError(findings.map((finding) => findingProblem(source, finding)));
  const { config, notes } = shape.toConfig(parsed.data, context);
  return { config: withAbsolutePaths(config, dirname(resolve(file))), notes };
}

function shapeOf(source: YamlDocument): ConfigShape {
  const { value } = source;
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (isMap && 'kind' in value && 'spec' in value) {
    const message = `This is a document of the kind ${JSON.stringify(value.kind)}, no configuration. Name its file under resources.`;
    throw problemsError([problemAt(source, ['kind'], message)]);
  }
  const isGuide = isMap && guideKeys.some((key) => key in value);
  return (isGuide ? guideShape : ownShape) as unknown as ConfigShape;
}

function findingProblem(source: YamlDocument, { path, message, corrected }: Finding): Problem {
  return { ...problemAt(source, path, message), corrected };
}

function flattenedProblem(file: string, text: string): Problem | undefined {
  for (const { schema } of [guideShape, ownShape]) {
    const restored = restoreIndentation(text, schema);
    if (restored === undefined) continue;
    const message = 'The indentation of this file is lost: nothing stands under the keys that need something.';
    return { file, line: restored.line, column: 1, message, corrected: restored.text };
  }
  return undefined;
}

function withAbsolutePaths(config: ServiceConfig, folder: string): ServiceConfig {
  const { tls } = config;
  const absolute = (path: string) => resolve(folder, path);
  return {
    ...config,
    dataDir: absolute(config.dataDir),
    resources: config.resources.map(absolute),
    ...(tls && { tls: { certFile: absolute(tls.certFile), keyFile: absolute(tls.keyFile) } }),
  };
}
