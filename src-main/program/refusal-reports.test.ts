import { beforeEach, describe, expect, it } from 'vitest';
import { type RefusalReport, refusalPace, refusalReport } from '../../src-shared/contracts/refusal-report.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { createRefusalReports } from './refusal-reports.ts';

const report: RefusalReport = { requestId: 'request-1', appSessionId: 'session-1', refusal: 'clock_skew' };

let sent: [token: string, report: RefusalReport][];
let answer: () => Promise<void>;
let token: () => Promise<string>;
let time: number;
let tell: (report: RefusalReport) => void;
beforeEach(() => {
  sent = [];
  answer = async () => undefined;
  token = async () => 'token-1';
  time = 1_000_000;
  const client = {
    reportRefusal: (bearer: string, one: RefusalReport) => {
      sent.push([bearer, one]);
      return answer();
    },
  };
  tell = createRefusalReports({ client, token: () => token(), now: () => time });
});
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('reports of refused requests', () => {
  it('go to the app-service with the login’s token', async () => {
    tell(report);
    await turn();
    expect(sent).toEqual([['token-1', report]]);
  });

  it('come to nothing, in silence, where they cannot be sent or are not known', async () => {
    const failures = [
      new RolegateError('unavailable', 'The app-service cannot be reached.'),
      new RolegateError('not_found', 'The app-service has no such address.'),
    ];
    for (const failure of failures) {
      answer = () => Promise.reject(failure);
      tell(report);
    }
    answer = () => {
      throw new TypeError('a bug');
    };
    tell(report);
    token = () => Promise.reject(new RolegateError('needs_login', 'You are not logged in.'));
    tell(report);
    await turn();
    expect(sent).toHaveLength(3);
  });

  it('are not waited for', async () => {
    answer = () => new Promise(() => undefined);
    for (let n = 0; n < 3; n += 1) tell(report);
    await turn();
    expect(sent).toHaveLength(3);
  });

  it('are few in a flood; the rest is counted, app session by app session', async () => {
    const { atOnce } = refusalPace;
    for (let n = 0; n < 10_000; n += 1) tell(report);
    tell({ ...report, appSessionId: 'session-2' });
    time += 60_000;
    tell(report);
    await turn();
    expect(sent).toHaveLength(atOnce + 2);
    expect(sent[atOnce]?.[1]).toEqual({ ...report, appSessionId: 'session-2' });
    expect(sent.at(-1)?.[1]).toEqual({ ...report, omitted: 10_000 - atOnce });
  });

  it('say no number that the app-service does not take', async () => {
    for (let n = 0; n < 1_000_100; n += 1) tell(report);
    time += 60_000;
    tell(report);
    await turn();
    expect(refusalReport.safeParse(sent.at(-1)?.[1]).success).toBe(true);
  });
});
