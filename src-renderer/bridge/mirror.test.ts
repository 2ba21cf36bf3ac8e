import { describe, expect, it } from 'vitest';
import type { CallResult } from '../../src-shared/contracts/calls.ts';
import type { AppState, StatePatch } from '../../src-shared/contracts/state.ts';
import { mirrorState } from './mirror.ts';
import { applyPatch } from './patch.ts';
import type { LinkedBridge, LinkStatus } from './types.ts';

const base: AppState = {
  revision: 5,
  version: '0.1.0',
  way: 'sandbox',
  phase: 'signed-in',
  cluster: 'sandbox',
  sandboxUsers: [],
  user: { name: 'alice', roles: ['dev'], validUntil: 1 },
  secrets: { kind: 'memory' },
  endedSessions: [],
  accessRevision: 0,
  appSessions: [],
  jobs: [],
  gateway: { proxy: { status: 'running', port: 23456 }, endpoint: { status: 'running', port: 23457 } },
  theme: 'system',
  production: [],
};

describe('applyPatch', () => {
  it('replaces the slices that changed and drops those that are gone', () => {
    expect(applyPatch(base, { revision: 6, slices: { phase: 'signed-out' }, removed: ['user'] })).toEqual({
      ...Object.fromEntries(Object.entries(base).filter(([slice]) => slice !== 'user')),
      phase: 'signed-out',
      revision: 6,
    });
  });

  it('ignores what it knows already and notices what it missed', () => {
    expect(applyPatch(base, { revision: 5, slices: { theme: 'dark' }, removed: [] })).toBe(base);
    expect(applyPatch(base, { revision: 7, slices: { theme: 'dark' }, removed: [] })).toBe('gap');
  });

  it('takes an undefined slice for nothing said', () => {
    expect(applyPatch(base, { revision: 6, slices: { user: undefined }, removed: [] })).toMatchObject({
      user: { name: 'alice' },
    });
  });
});

/** A bridge whose answers and messages the test gives one by one. */
function scriptedBridge() {
  const answers: ((result: CallResult) => void)[] = [];
  let tellState: (patch: StatePatch) => void = () => {};
  let tellLink: (status: LinkStatus) => void = () => {};
  const bridge: LinkedBridge = {
    platform: 'browser',
    call: () => new Promise((resolve) => answers.push(resolve)),
    onState: (listener) => {
      tellState = listener;
      return () => {};
    },
    onLink: (listener) => {
      tellLink = listener;
      return () => {};
    },
  };
  return {
    bridge,
    answers,
    patch: (patch: StatePatch) => tellState(patch),
    link: (status: LinkStatus) => tellLink(status),
  };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('mirrorState', () => {
  it('applies patches that overtook the whole state', async () => {
    const scripted = scriptedBridge();
    const store = mirrorState(scripted.bridge);
    scripted.link({ at: 'up' });
    scripted.patch({ revision: 5, slices: { theme: 'light' }, removed: [] });
    scripted.patch({ revision: 6, slices: { theme: 'dark' }, removed: [] });
    scripted.answers[0]!({ ok: true, output: base });
    await settled();
    expect(store.getState().state).toMatchObject({ revision: 6, theme: 'dark' });
  });

  it('asks for everything after a gap, and again after the link was down', async () => {
    const scripted = scriptedBridge();
    const store = mirrorState(scripted.bridge);
    scripted.link({ at: 'up' });
    scripted.answers[0]!({ ok: true, output: base });
    await settled();
    scripted.patch({ revision: 9, slices: { theme: 'dark' }, removed: [] });
    expect(scripted.answers).toHaveLength(2);
    scripted.answers[1]!({ ok: true, output: { ...base, revision: 9 } });
    await settled();
    expect(store.getState().state?.revision).toBe(9);
    scripted.link({ at: 'down' });
    scripted.link({ at: 'up' });
    expect(scripted.answers).toHaveLength(3);
    expect(store.getState().state?.revision).toBe(9);
  });

  it('keeps the error when the state cannot be read', async () => {
    const scripted = scriptedBridge();
    const store = mirrorState(scripted.bridge);
    scripted.link({ at: 'up' });
    const error = { code: 'internal', message: 'No.', retryable: true, needsLogin: false } as const;
    scripted.answers[0]!({ ok: false, error });
    await settled();
    expect(store.getState().error).toEqual(error);
  });
});
