import { type PathIndex, pathIndex } from '../../src-shared/aws/path-index.ts';

type Paths = Readonly<Record<string, Readonly<Record<string, string>>>>;

let paths: Paths = {};
let areLoaded = false;
let loading: Promise<void> | undefined;
const indexes = new Map<string, PathIndex>();

/**
 * Loads the names of the REST operations, once: half a megabyte that a start does not need. Before it is done,
 * {@link operationsOf} knows none.
 *
 * @returns undefined when there is nothing to wait for any more
 */
export function loadOperations(): Promise<void> | undefined {
  if (areLoaded) return undefined;
  loading ??= import('./data/operations.generated.json', { with: { type: 'json' } }).then((generated) => {
    paths = generated.default.services;
    areLoaded = true;
  });
  return loading;
}

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
