import { partitionById } from '../../src-shared/aws/partitions.ts';
import { ec2Reply, type Members, parametersOf, queryErrorReply, ServiceError } from '../api/query-protocol.ts';
import type { ServiceCall } from '../api/service-call.ts';
import type { Reply } from '../http/reply.ts';
import { denialOf } from '../iam/principal.ts';

const namespace = 'http://ec2.amazonaws.com/doc/2016-11-15/';

/** Regions that every account has; the account has opted in to all others. */
const withoutOptIn = new Set(
  (
    'us-east-1 us-east-2 us-west-1 us-west-2 ca-central-1 sa-east-1 eu-central-1 eu-west-1 eu-west-2 eu-west-3 ' +
    'eu-north-1 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-southeast-1 ap-southeast-2 ap-south-1'
  ).split(' '),
);

interface Region {
  name: string;
  endpoint: string;
  optInStatus: string;
}

const regions: readonly Region[] = (partitionById('aws')?.regions ?? []).map((name) => ({
  name,
  endpoint: `ec2.${name}.amazonaws.com`,
  optInStatus: withoutOptIn.has(name) ? 'opt-in-not-required' : 'opted-in',
}));

const filters: Readonly<Record<string, (region: Region) => string>> = {
  'region-name': (region) => region.name,
  endpoint: (region) => region.endpoint,
  'opt-in-status': (region) => region.optInStatus,
};

/** Answers one request to EC2, which has DescribeRegions here. Source: Amazon EC2 API Reference. */
export function answerEc2({ request, body, caller, requestId }: ServiceCall): Reply {
  const parameters = parametersOf(request, body);
  const action = parameters.get('Action') ?? '';
  try {
    if (action !== 'DescribeRegions') {
      throw new ServiceError(
        400,
        'InvalidAction',
        `The action ${action} is not valid for this web service. This sandbox has DescribeRegions.`,
      );
    }
    const denial = denialOf(caller.principal, 'ec2:DescribeRegions', '*');
    if (denial !== undefined) {
      throw new ServiceError(
        403,
        'UnauthorizedOperation',
        `You are not authorized to perform this operation. ${denial.replace(' on resource: *', '')}`,
      );
    }
    if (parameters.get('DryRun') === 'true') {
      throw new ServiceError(412, 'DryRunOperation', 'Request would have succeeded, but DryRun flag is set.');
    }
    return ec2Reply(namespace, action, describeRegions(parameters), requestId);
  } catch (error) {
    if (error instanceof ServiceError) return queryErrorReply('ec2', error, requestId);
    throw error;
  }
}

function describeRegions(parameters: URLSearchParams): Members {
  const names = numbered(parameters, 'RegionName');
  const unknown = names.filter((name) => !regions.some((region) => region.name === name));
  if (unknown.length > 0) {
    throw new ServiceError(400, 'InvalidParameterValue', `Invalid region names: [${unknown.join(', ')}]`);
  }
  let found = names.length === 0 ? regions : regions.filter((region) => names.includes(region.name));
  for (let number = 1; parameters.has(`Filter.${number}.Name`); number += 1) {
    const name = parameters.get(`Filter.${number}.Name`) ?? '';
    const fieldOf = Object.hasOwn(filters, name) ? filters[name] : undefined;
    if (!fieldOf) throw new ServiceError(400, 'InvalidParameterValue', `The filter '${name}' is invalid`);
    const values = numbered(parameters, `Filter.${number}.Value`);
    found = found.filter((region) => values.includes(fieldOf(region)));
  }
  return {
    regionInfo: {
      item: found.map(({ name, endpoint, optInStatus }) => ({
        regionName: name,
        regionEndpoint: endpoint,
        optInStatus,
      })),
    },
  };
}

function numbered(parameters: URLSearchParams, name: string): string[] {
  const values: string[] = [];
  for (let number = 1; ; number += 1) {
    const value = parameters.get(`${name}.${number}`);
    if (value === null) return values;
    values.push(value);
  }
}
