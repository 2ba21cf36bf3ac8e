import { describe, expect, it } from 'vitest';
import { endpointProblem, endpointsOf } from './endpoint-lines.ts';

const line = (service: string, url: string) => ({ id: 1, service, url });

describe('endpoints', () => {
  it('leaves out empty lines', () => {
    expect(endpointsOf([line(' DynamoDB ', ' http://localhost:8000 '), line('', '')])).toEqual({
      dynamodb: 'http://localhost:8000',
    });
  });

  it.each([
    ['', '', true],
    ['*', 'http://localhost:4566', true],
    ['sts', 'https://sts.eu-west-1.amazonaws.com', true],
    ['sts', 'sts.amazonaws.com', false],
    ['sts', '', false],
    ['', 'http://localhost:4566', false],
    ['a b', 'http://localhost:4566', false],
  ])('%j at %j is in order: %j', (service, url, isFine) => {
    expect(endpointProblem(line(service, url)) === undefined).toBe(isFine);
  });
});
