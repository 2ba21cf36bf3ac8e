import { type PathIndex, pathIndex } from '../../src-shared/aws/path-index.ts';
import generated from './data/operations.generated.json';

const paths = generated.services as Record<string, Record<string, string>>;
const indexes = new Map<string, PathIndex>();

/**
 * An index of a REST service's operations by method and path, made when it is first asked for.
 * Source: botocore's models, see `scripts/renew-aws-services.py`.
 *
 * @returns undefined for a service that does not speak REST
 */
export function operationsOf(serviceId: string): PathIndex | undefined {
  const known = indexes.get(serviceId);
  if (known || !Object.hasOwn(paths, serviceId)) return known;
  const index = pathIndex(paths[serviceId] ?? {});
  indexes.set(serviceId, index);
  return index;
}
