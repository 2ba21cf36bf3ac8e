import { join } from 'node:path';
import { makePrivateFolder } from '../../../src-shared/files/atomic-write.ts';
import { BodyFiles } from './bodies.ts';
import { BucketTable } from './buckets.ts';
import { type Database, openDatabase } from './database.ts';
import { ObjectTable } from './objects.ts';
import { UploadTable } from './uploads.ts';

/**
 * What S3 keeps: buckets, objects and uploads in one SQLite file, bytes in files beside it.
 *
 *     <folder>/index.db
 *     <folder>/bodies/, <folder>/incoming/
 */
export interface Store {
  buckets: BucketTable;
  objects: ObjectTable;
  uploads: UploadTable;
  bodies: BodyFiles;
  /** Does several things or, when one of them throws, none. */
  atomically<Result>(work: () => Result): Result;
  close(): void;
}

/** Opens (or makes) a store in a private folder. */
export async function openStore(folder: string): Promise<Store> {
  await makePrivateFolder(folder);
  const bodies = new BodyFiles(folder);
  await bodies.open();
  const database: Database = openDatabase(join(folder, 'index.db'));
  return {
    buckets: new BucketTable(database),
    objects: new ObjectTable(database),
    uploads: new UploadTable(database),
    bodies,
    atomically: database.atomically,
    close: database.close,
  };
}
