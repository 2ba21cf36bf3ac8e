import { parentPort, workerData } from 'node:worker_threads';
import Database from 'libsql';

/**
 * SQLite in a thread of its own: libsql's calls wait for the disk, and the event loop must not. It knows nothing of
 * what is stored; `database.ts` talks to it. Plain JavaScript, so that it is loaded alike from source and when built.
 *
 * A message is a batch of statements that become one transaction, and so one wait for the disk. The answer has one
 * result for each. A statement that fails must not undo its neighbours, which belong to others: then each statement
 * is run in a transaction of its own, unless the batch is marked as whole.
 */
const database = new Database(workerData.file);
database.exec(workerData.pragmas);
const prepared = new Map();

parentPort.on('message', (message) => {
  if (message.close) {
    database.close();
    parentPort.postMessage({ closed: true });
    parentPort.close();
    return;
  }
  parentPort.postMessage({ id: message.id, results: runBatch(message) });
});

function runBatch({ statements, whole }) {
  try {
    return transaction(statements).map((value) => ({ value }));
  } catch (error) {
    if (whole || statements.length === 1) return statements.map(() => failure(error));
    return statements.map((statement) => {
      try {
        return { value: transaction([statement])[0] };
      } catch (reason) {
        return failure(reason);
      }
    });
  }
}

function transaction(statements) {
  const writes = statements.some(({ kind }) => kind === 'run' || kind === 'exec');
  database.exec(writes ? 'BEGIN IMMEDIATE' : 'BEGIN');
  try {
    const values = statements.map(run);
    database.exec('COMMIT');
    return values;
  } catch (error) {
    if (database.inTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function run({ kind, sql, values }) {
  if (kind === 'exec') return database.exec(sql);
  let statement = prepared.get(sql);
  if (!statement) {
    statement = database.prepare(sql);
    prepared.set(sql, statement);
  }
  return kind === 'run' ? statement.run(...values).changes : statement.all(...values);
}

function failure(error) {
  return { error: { message: String(error?.message ?? error), code: error?.code } };
}
