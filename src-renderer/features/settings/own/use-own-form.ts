import { useMemo, useState } from 'react';
import type { AwsProfile, OwnCredentials } from '../../../../src-shared/contracts/settings.ts';
import { type EndpointLine, endpointProblem, endpointsOf } from './endpoint-lines.ts';
import { roleLines } from './role-lines.ts';

const anyRegion = 'us-east-1';

/** What is in the form, and what it comes to. */
export function useOwnForm(profiles: readonly AwsProfile[], saved: OwnCredentials | undefined) {
  const first = profiles.find(({ name }) => name === saved?.profile) ?? profiles[0];
  const [profile, setProfileName] = useState(first?.name);
  const [region, setRegion] = useState(saved?.region ?? first?.region ?? anyRegion);
  const [roles, setRoles] = useState(saved?.roleArns.join('\n') ?? first?.roleArn ?? '');
  const [endpoints, setEndpoints] = useState<readonly EndpointLine[]>(() => linesOf(saved?.endpoints ?? {}));
  const lines = useMemo(() => roleLines(roles), [roles]);

  const setProfile = (name: string) => {
    setProfileName(name);
    const chosen = profiles.find((candidate) => candidate.name === name);
    if (chosen?.region !== undefined) setRegion(chosen.region);
    if (roles.trim() === '' && chosen?.roleArn !== undefined) setRoles(chosen.roleArn);
  };

  const isComplete =
    profile !== undefined &&
    lines.length > 0 &&
    lines.every(({ problem }) => problem === undefined) &&
    endpoints.every((line) => endpointProblem(line) === undefined);
  const credentials: OwnCredentials | undefined = isComplete
    ? { profile, region, roleArns: lines.map(({ text }) => text), endpoints: endpointsOf(endpoints) }
    : undefined;

  return {
    profile,
    setProfile,
    region,
    setRegion,
    roles,
    setRoles,
    lines,
    endpoints,
    setEndpoints,
    /** What to try or to use; undefined until the form is in order. */
    credentials,
  };
}

function linesOf(endpoints: Readonly<Record<string, string>>): EndpointLine[] {
  return Object.entries(endpoints).map(([service, url], id) => ({ id, service, url }));
}
