import type { ServerResponse } from 'node:http';
import { headerValue } from '../../src-shared/contracts/aws-call.ts';
import { answerDynamoDb } from '../dynamodb/dynamodb.ts';
import { answerEc2 } from '../ec2/ec2.ts';
import { send } from '../http/reply.ts';
import { answerIam } from '../iam/iam.ts';
import { answerLambda } from '../lambda/lambda.ts';
import { answerSts } from '../sts/sts.ts';
import type { ApiContext } from './api.ts';
import type { ServiceCall } from './service-call.ts';

/** Answers one verified request to a service. */
type Service = (call: ServiceCall, context: ApiContext, response: ServerResponse) => Promise<void> | void;

/** The services that get their request's body in memory, by signing name. */
const services: ReadonlyMap<string, Service> = new Map<string, Service>([
  [
    'dynamodb',
    ({ request, caller, requestId, body, region }, { engines }, response) => {
      const target = headerValue(request.headers, 'x-amz-target');
      return answerDynamoDb({ requestId, target, body, region, principal: caller.principal }, engines, response);
    },
  ],
  ['ec2', (call, _context, response) => send(response, answerEc2(call))],
  ['iam', (call, _context, response) => send(response, answerIam(call))],
  ['lambda', (call, _context, response) => send(response, answerLambda(call))],
  ['sts', (call, { keys }, response) => send(response, answerSts(call, keys))],
]);

/** What the sandbox has, for those who ask for something else. */
export const servicesHere = 'DynamoDB, S3, STS, IAM, Lambda and EC2';

/** What people call a service, where its signing name would tell them nothing. */
export function commonName(signingName: string): string {
  return signingName === 'monitoring' ? 'CloudWatch' : signingName;
}

/** The service with this signing name, unless it is S3, which takes its bodies as they come. */
export function findService(signingName: string): Service | undefined {
  return services.get(signingName);
}

/** Signing names of S3 and of S3 Express. */
export function isS3(signingName: string | undefined): signingName is 's3' | 's3express' {
  return signingName === 's3' || signingName === 's3express';
}
