import type { AppState, StatePatch } from '../../src-shared/contracts/state.ts';
import { type ErrorData, toErrorData } from '../../src-shared/errors.ts';
import type { Served } from './channel.ts';
import { type Engine, type EngineOptions, startEngine } from './engine.ts';

/** An engine for a window: one that cannot start tells why in its state, and can be asked to try again. */
export interface PatientEngine extends Served {
  close(): Promise<void>;
}

export function startPatientEngine(options: EngineOptions): PatientEngine {
  const listeners = new Set<(patch: StatePatch) => void>();
  let engine: Engine | undefined;
  let failure: ErrorData | undefined;
  let starting = start();

  async function start(): Promise<void> {
    try {
      engine = await startEngine(options);
      engine.onState((patch) => {
        for (const listener of [...listeners]) listener(patch);
      });
      failure = undefined;
      void engine.open();
    } catch (error) {
      failure = toErrorData(error);
    }
  }

  return {
    async dispatch(name, input, caller) {
      await starting;
      if (!engine && name === 'state.retry') {
        starting = start();
        await starting;
        return { ok: true, output: {} };
      }
      if (engine) return engine.dispatch(name, input, caller);
      const error = failure ?? toErrorData(undefined);
      return name === 'state.get' ? { ok: true, output: failedState(options.version, error) } : { ok: false, error };
    },
    onState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      await starting;
      await engine?.close();
    },
  };
}

function failedState(version: string, failure: ErrorData): AppState {
  return {
    revision: 0,
    version,
    way: 'sandbox',
    phase: 'failed',
    failure,
    cluster: '',
    sandboxUsers: [],
    secrets: { kind: 'memory' },
    endedSessions: [],
    accessRevision: 0,
    appSessions: [],
    jobs: [],
    gateway: { proxy: { status: 'stopped', port: 23456 }, endpoint: { status: 'stopped', port: 23457 } },
    theme: 'system',
    production: [],
  };
}
