import { Worker } from 'node:worker_threads';
import { RolegateError } from '../../../src-shared/errors.ts';

/** One statement. `run` changes rows and gives their number, `all` gives rows, `exec` is a script. */
export interface Statement {
  kind: 'run' | 'all' | 'exec';
  sql: string;
  values?: readonly (string | number | null)[];
}

/** A SQLite file, opened in a thread of its own. */
export interface ThreadedDatabase {
  /** Runs a statement after all those before it. Written to the disk when it resolves. */
  run(statement: Statement): Promise<unknown>;
  /** Runs statements as one transaction: all of them or none. */
  transaction(statements: readonly Statement[]): Promise<unknown[]>;
  close(): Promise<void>;
}

interface Waiting {
  statement: Statement;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}
type Result = { value: unknown } | { error: { message: string; code?: string } };
type Answer = { id: number; results: Result[] } | { closed: true };

const maxBatch = 500;

/**
 * `synchronous = FULL` waits at every commit until the write-ahead log is on the disk; without it a commit survives
 * the end of the process but not of the machine. Source: sqlite.org/pragma.html#pragma_synchronous, /wal.html.
 */
const pragmas = `
  PRAGMA busy_timeout = 10000;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA fullfsync = ON;
`;

/** The thread's file: beside this one in the source, in a place of its own once built (`electron.vite.config.ts`). */
const threadFile = new URL(
  import.meta.url.endsWith('.ts') ? './thread.mjs' : '../backend/libsql-thread.js',
  import.meta.url,
);

/**
 * Opens (or makes) a SQLite file. Statements that come while the disk is busy become one transaction, so that many
 * small writes cost little more than one.
 *
 * @throws RolegateError `unavailable` when the file cannot be opened
 */
export async function openDatabase(file: string): Promise<ThreadedDatabase> {
  const thread = new Worker(threadFile, { workerData: { file, pragmas } });
  const underWay = new Map<number, Waiting[]>();
  let waiting: Waiting[] = [];
  let lastId = 0;
  let whenClosed: (() => void) | undefined;
  let broken: RolegateError | undefined;

  function send(batch: Waiting[], whole: boolean): void {
    // Only work under way keeps the process alive; a store that nobody uses does not.
    if (underWay.size === 0) thread.ref();
    lastId += 1;
    underWay.set(lastId, batch);
    const statements = batch.map(({ statement }) => ({ values: [], ...statement }));
    thread.postMessage({ id: lastId, whole, statements });
  }

  /** The thread works in the order of messages, so whatever waits must go before what comes now. */
  function sendAll(): void {
    while (waiting.length > 0) send(waiting.splice(0, maxBatch), false);
  }

  function sendNext(): void {
    if (underWay.size === 0 && waiting.length > 0) send(waiting.splice(0, maxBatch), false);
  }

  function fail(error: RolegateError): void {
    broken ??= error;
    const lost = [...[...underWay.values()].flat(), ...waiting];
    underWay.clear();
    waiting = [];
    for (const { reject } of lost) reject(broken);
    whenClosed?.();
  }

  function settle(id: number, results: readonly Result[]): void {
    const batch = underWay.get(id) ?? [];
    underWay.delete(id);
    if (underWay.size === 0) thread.unref();
    batch.forEach(({ resolve, reject }, index) => {
      const result = results[index];
      if (result && 'value' in result) resolve(result.value);
      else reject(storeError(result?.error.message));
    });
    sendNext();
  }

  thread.on('message', (answer: Answer) => ('closed' in answer ? whenClosed?.() : settle(answer.id, answer.results)));
  thread.on('error', (error) => fail(storeError((error as Error).message)));
  thread.on('exit', () => fail(storeError('its thread has ended')));
  thread.unref();

  const database: ThreadedDatabase = {
    run(statement) {
      if (broken) return Promise.reject(broken);
      return new Promise((resolve, reject) => {
        waiting.push({ statement, resolve, reject });
        // After this turn of the event loop, so that what is asked for together is written together.
        if (waiting.length === 1) setImmediate(sendNext);
      });
    },
    transaction(statements) {
      if (broken) return Promise.reject(broken);
      sendAll();
      const batch: Waiting[] = [];
      const results = statements.map(
        (statement) => new Promise<unknown>((resolve, reject) => batch.push({ statement, resolve, reject })),
      );
      send(batch, true);
      return Promise.all(results);
    },
    async close() {
      if (broken) return;
      sendAll();
      thread.ref();
      await new Promise<void>((resolve) => {
        whenClosed = resolve;
        thread.postMessage({ close: true });
      });
      broken = new RolegateError('unavailable', 'The store is closed.');
      await thread.terminate();
    },
  };
  await database.run({ kind: 'all', sql: 'SELECT 1' });
  return database;
}

function storeError(reason = 'no reason was given'): RolegateError {
  return new RolegateError('unavailable', `The app-service's store cannot be used: ${reason}.`, {
    hint: 'Check the disk of the app-service, and that nothing else writes to its store.',
  });
}
