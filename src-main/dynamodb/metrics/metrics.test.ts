import { describe, expect, it } from 'vitest';
import type { AwsCall, AwsReply } from '../../../src-shared/contracts/aws-call.ts';
import { createMetrics } from './metrics.ts';

type Answer = { status?: number; body: object } | Error;
type Question = { NextToken?: string; StartTime: number; EndTime: number; MetricDataQueries: Query[] };
type Query = { Id: string; MetricStat: { Stat: string; Metric: { MetricName: string; Dimensions: object[] } } };

const now = Date.UTC(2026, 10, 20, 22, 30, 40);

/** A CloudWatch that answers from a list, and remembers what it was asked. */
function scripted(...answers: Answer[]) {
  const calls: Omit<AwsCall, 'appSessionId'>[] = [];
  const metrics = createMetrics({
    now: () => now,
    forwardFor:
      () =>
      async (call): Promise<AwsReply> => {
        calls.push(call);
        const answer = answers.shift() ?? { body: {} };
        if (answer instanceof Error) throw answer;
        const headers: [string, string][] = [['content-type', 'application/x-amz-json-1.0']];
        return { status: answer.status ?? 200, headers, body: Buffer.from(JSON.stringify(answer.body)) };
      },
  });
  const questions = () => calls.map(({ body }) => JSON.parse(new TextDecoder().decode(body as Uint8Array)) as Question);
  return { metrics, calls, questions };
}

const where = { appSessionId: 'session-1', region: 'eu-west-1', table: 'Orders' };
const at = (minute: number) => Date.UTC(2026, 10, 20, 22, minute);

describe('a table’s metrics', () => {
  it('are asked of CloudWatch in the session’s region, for whole periods', async () => {
    const { metrics, calls, questions } = scripted();
    const read = await metrics.read({ ...where, range: '1h' });
    expect(calls[0]).toMatchObject({ service: 'monitoring', region: 'eu-west-1' });
    expect(calls[0]?.host).toBe('monitoring.eu-west-1.amazonaws.com');
    expect(read).toEqual({ from: at(30) - 3_600_000, to: at(30), period: 60_000, series: [], isPartial: false });
    const [question] = questions();
    const names = question?.MetricDataQueries.map(({ MetricStat: { Metric } }) => Metric.MetricName) ?? [];
    expect(names).toContain('ReadThrottleEvents');
    expect(names.filter((name) => name === 'SuccessfulRequestLatency')).toHaveLength(10);
  });

  it('of an index are asked for by its name, without latency', async () => {
    const { metrics, questions } = scripted();
    await metrics.read({ ...where, index: 'by-date', range: '1w' });
    const asked = questions()[0]?.MetricDataQueries ?? [];
    expect(asked).toHaveLength(6);
    for (const { MetricStat } of asked) {
      expect(MetricStat.Metric.Dimensions).toEqual([
        { Name: 'TableName', Value: 'Orders' },
        { Name: 'GlobalSecondaryIndexName', Value: 'by-date' },
      ]);
    }
  });

  it('come in pages; units are a rate, and what was not measured is left out', async () => {
    const seconds = (minute: number) => at(minute) / 1000;
    const { metrics, questions } = scripted(
      {
        body: {
          MetricDataResults: [{ Id: 'm0', Timestamps: [seconds(5)], Values: [120], StatusCode: 'PartialData' }],
          NextToken: 'more',
        },
      },
      {
        body: {
          MetricDataResults: [
            { Id: 'm0', Timestamps: [seconds(6), seconds(4)], Values: [60, 6], StatusCode: 'Complete' },
            { Id: 'm4', Timestamps: [seconds(5)], Values: [3], StatusCode: 'Complete' },
            { Id: 'm6', Timestamps: [seconds(5)], Values: [4.25], StatusCode: 'Complete' },
          ],
        },
      },
    );
    const read = await metrics.read({ ...where, range: '1h' });
    expect(questions().map(({ NextToken }) => NextToken)).toEqual([undefined, 'more']);
    expect(read.isPartial).toBe(false);
    expect(read.series).toEqual([
      {
        metric: 'ConsumedReadCapacityUnits',
        unit: 'units',
        points: [
          [at(4), 0.1],
          [at(5), 2],
          [at(6), 1],
        ],
      },
      { metric: 'ReadThrottleEvents', unit: 'requests', points: [[at(5), 3]] },
      { metric: 'SuccessfulRequestLatency', operation: 'GetItem', unit: 'milliseconds', points: [[at(5), 4.25]] },
    ]);
  });

  it('say so when CloudWatch could not give all', async () => {
    const { metrics } = scripted({
      body: { MetricDataResults: [{ Id: 'm0', Timestamps: [], Values: [], StatusCode: 'InternalError' }] },
    });
    expect((await metrics.read({ ...where, range: '3h' })).isPartial).toBe(true);
  });

  it('say what the role would need', async () => {
    const { metrics } = scripted({
      status: 403,
      body: { __type: 'com.amazonaws.cloudwatch#AccessDeniedException', message: 'not authorized to perform this' },
    });
    await expect(metrics.read({ ...where, range: '1h' })).rejects.toMatchObject({
      code: 'access_denied',
      message: 'not authorized to perform this',
      hint: expect.stringContaining('cloudwatch:GetMetricData'),
    });
  });

  it('say that CloudWatch could not be asked', async () => {
    const { metrics } = scripted(new Error('socket hang up'), new Error('socket hang up'), new Error('socket hang up'));
    await expect(metrics.read({ ...where, range: '1h' })).rejects.toMatchObject({
      code: 'unavailable',
      message: 'CloudWatch could not be asked.',
    });
  });
});
