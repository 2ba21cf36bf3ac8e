import { openData } from './open-data.ts';
import { shopRecords } from './shop-records.ts';

/** An object that a sandbox begins with: text only, made when it is first needed. */
export interface SeedObject {
  /** As a person reads it. */
  key: string;
  contentType: string;
  /** When it was written, in milliseconds since the epoch. */
  modified: number;
  text: string;
  metadata?: Readonly<Record<string, string>>;
}

/** A bucket that a sandbox begins with. */
export interface SeedBucket {
  name: string;
  region: string;
  publicRead: boolean;
  created: number;
  objects(): readonly SeedObject[];
}

/** The buckets of a new sandbox: one private, one that anybody may read. */
export const seedBuckets: readonly SeedBucket[] = [shopRecords, openData];
