import { headerValue } from '../contracts/aws-call.ts';
import generated from './data/routes.generated.json' with { type: 'json' };
import { type PathIndex, pathIndex, type RestRequest } from './path-index.ts';
import { type Service, serviceById, servicesSignedAs } from './services.ts';
import { agentName, servicesInUserAgent } from './user-agent.ts';

/** Where a request is to go: a service, and what stands before its host. */
export interface Place {
  service: Service;
  /** `data-`, `api.`, …; empty for most. Undefined where it comes from the request's input. */
  hostPrefix: string | undefined;
}

/** A signing name with more than one host. Places are written `service`, `service:prefix.` or `service:?`. */
interface RawGroup {
  main: string;
  /** By `X-Amz-Target`, whole or up to the dot. */
  targets?: Record<string, string>;
  paths?: Record<string, string>;
  /** Services by what user agents call them, where that is not their id. */
  agents?: Record<string, string>;
}

interface Group {
  main: string;
  targets: ReadonlyMap<string, string>;
  paths: PathIndex;
  agents: ReadonlyMap<string, string>;
}

const raw = generated.groups as Record<string, RawGroup>;
const groups = new Map<string, Group | undefined>();

/**
 * The service, of those that share a signing name, that a request is for: by its `X-Amz-Target`, else by method and
 * path, else by what its user agent names, else the one that the name is first of all for.
 *
 * @returns undefined for a signing name that the data do not have
 */
export function placeOf(signingName: string, request: RestRequest): Place | undefined {
  const [first] = servicesSignedAs(signingName);
  if (!first) return undefined;
  const group = groupOf(first.signingName);
  if (!group) return { service: first, hostPrefix: '' };
  const target = targetOf(request);
  const byTarget = target === undefined ? undefined : placeOfTarget(group, target);
  return parsePlace(byTarget ?? placeOfPath(group, request)) ?? { service: first, hostPrefix: '' };
}

/** `Target.Operation` of a request of the JSON protocols, or of Smithy's RPC protocol, which puts it into the path. */
export function targetOf({ path, headers }: Pick<RestRequest, 'path' | 'headers'>): string | undefined {
  const target = headerValue(headers, 'x-amz-target');
  if (target !== undefined) return target;
  if (headerValue(headers, 'smithy-protocol') !== 'rpc-v2-cbor') return undefined;
  const match = /\/service\/([\w.]{1,128})\/operation\/(\w{1,128})$/.exec(path);
  return match ? `${match[1]}.${match[2]}` : undefined;
}

function placeOfTarget(group: Group, target: string): string {
  const dot = target.lastIndexOf('.');
  return group.targets.get(target) ?? group.targets.get(target.slice(0, Math.max(dot, 0))) ?? group.main;
}

function placeOfPath(group: Group, request: RestRequest): string {
  const found = group.paths.find(request);
  if (found.length === 1) return found[0] ?? group.main;
  const named = servicesInUserAgent(request.headers).map((name) => group.agents.get(name));
  if (found.length === 0) return named.find((place) => place !== undefined) ?? group.main;
  const byAgent = found.find((place) => named.some((name) => name !== undefined && isOf(place, name)));
  return byAgent ?? (found.includes(group.main) ? group.main : (found[0] ?? group.main));
}

function isOf(place: string, other: string): boolean {
  return place.split(':')[0] === other.split(':')[0];
}

function parsePlace(place: string): Place | undefined {
  const colon = place.indexOf(':');
  const service = serviceById(colon < 0 ? place : place.slice(0, colon));
  const hostPrefix = colon < 0 ? '' : place.slice(colon + 1);
  return service && { service, hostPrefix: hostPrefix === '?' ? undefined : hostPrefix };
}

function groupOf(signingName: string): Group | undefined {
  if (groups.has(signingName)) return groups.get(signingName);
  const group = Object.hasOwn(raw, signingName) ? readGroup(signingName, raw[signingName]) : undefined;
  groups.set(signingName, group);
  return group;
}

function readGroup(signingName: string, group: RawGroup | undefined): Group | undefined {
  if (!group) return undefined;
  const { main, targets = {}, paths = {}, agents = {} } = group;
  const byId = servicesSignedAs(signingName).map(({ id }) => [agentName(id), isOf(main, id) ? main : id] as const);
  return {
    main,
    targets: new Map(Object.entries(targets)),
    paths: pathIndex(paths),
    agents: new Map([...byId, ...Object.entries(agents)]),
  };
}

/** The operations whose host begins with something from their input, as `service` ids. */
export function servicesWithPrefixFromInput(): string[] {
  const places = Object.values(raw).flatMap(({ targets = {}, paths = {} }) => [
    ...Object.values(targets),
    ...Object.values(paths).flatMap((rules) => rules.split(',').map((rule) => rule.slice(rule.lastIndexOf(' ') + 1))),
  ]);
  return [...new Set(places.filter((place) => place.endsWith(':?')).map((place) => place.slice(0, -2)))];
}
