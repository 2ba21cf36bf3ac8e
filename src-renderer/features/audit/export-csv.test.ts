import { describe, expect, it } from 'vitest';
import { csvHead, csvOf } from './export-csv.ts';

describe('the audit log as CSV', () => {
  it('has a row for each event, and all of the event in the last column', () => {
    const line =
      '{"seq":3,"time":"2026-01-31T18:00:00.000Z","event":"login.failed","user":"a","success":false,"reason":"wrong, again"}';
    expect(csvHead).toBe('seq,time,user,event,what,iam_role,outcome,success,event_json\r\n');
    expect(csvOf(line)).toBe(
      `3,2026-01-31T18:00:00.000Z,a,login.failed,,,"wrong, again",no,"${line.replaceAll('"', '""')}"\r\n`,
    );
  });

  it('holds no formula', () => {
    const line = '{"seq":3,"time":"2026-01-31T18:00:00.000Z","event":"login.failed","user":"=1+1"}';
    expect(csvOf(line)).toContain(",'=1+1,");
  });
});
