import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GatewayMode } from '../../src-shared/contracts/gateway.ts';
import { directoryBucket, fetched, sdkConfig } from './sdk.ts';
import { openToolAccount, type ToolAccount } from './tool-account.ts';

describe('the AWS SDK for JavaScript', () => {
  let account: ToolAccount;
  beforeAll(async () => {
    account = await openToolAccount();
  });
  afterAll(() => account?.stop());

  describe.each<GatewayMode>(['proxy', 'endpoint'])('in %s mode', (mode) => {
    let client: DynamoDBClient;
    let s3: S3Client;
    let s3Config: ReturnType<typeof sdkConfig> & { forcePathStyle: boolean };
    beforeAll(async () => {
      const { url, env } = await account.serve(mode);
      const config = sdkConfig(mode, url, env);
      client = new DynamoDBClient(config);
      s3Config = { ...config, forcePathStyle: mode === 'endpoint' };
      s3 = new S3Client(s3Config);
    });
    afterAll(() => {
      client?.destroy();
      s3?.destroy();
    });

    it('lists tables', async () => {
      expect((await client.send(new ListTablesCommand({}))).TableNames).toContain('Music');
    });

    it('writes an item and gets it back, every type as it was', async () => {
      const Key = { Artist: { S: `sdk-${mode}` }, SongTitle: { S: 'x' } };
      const Item = {
        ...Key,
        Number: { N: '-0.00000000000000000000000000000000000001' },
        Bytes: { B: Uint8Array.of(0, 255) },
        Nested: { L: [{ M: { empty: { S: '' } } }, { NULL: true }] },
      } as const;
      await client.send(new PutItemCommand({ TableName: 'Music', Item: Item as never }));
      const read = (await client.send(new GetItemCommand({ TableName: 'Music', Key }))).Item;
      expect(read?.['Nested']).toEqual(Item.Nested);
      expect(read?.['Bytes']?.B).toEqual(Item.Bytes.B);
      expect(Number(read?.['Number']?.N)).toBe(-1e-38);
    });

    it('uploads to S3 with its own checksums, whole and in parts', async () => {
      const Bucket = `sdk-${mode}`;
      await s3.send(new CreateBucketCommand({ Bucket }));
      const small = randomBytes(100_000);
      // A stream of known length makes it send signed-trailer chunks.
      await s3.send(
        new PutObjectCommand({ Bucket, Key: 'small', Body: Readable.from([small]), ContentLength: small.length }),
      );
      const large = randomBytes(12 * 1024 * 1024);
      await new Upload({ client: s3, params: { Bucket, Key: 'large', Body: Readable.from([large]) } }).done();
      for (const [Key, bytes] of [
        ['small', small],
        ['large', large],
      ] as const) {
        const read = await s3.send(new GetObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
        expect(bytes.equals((await read.Body?.transformToByteArray()) ?? Buffer.alloc(0))).toBe(true);
      }
    });

    it('uses a directory bucket with the sessions that it makes by itself, or hears why it cannot', async () => {
      const Bucket = `sdk-${mode}--use1-az4--x-s3`;
      // One that has asked for other buckets would sign for those.
      const express = new S3Client(s3Config);
      const created = express.send(new CreateBucketCommand(directoryBucket(Bucket)));
      if (mode === 'endpoint') {
        await expect(created).rejects.toThrow('Use the HTTPS proxy for it.');
        return;
      }
      await created;
      await express.send(new PutObjectCommand({ Bucket, Key: 'quick', Body: 'hello' }));
      const { Body, StorageClass } = await express.send(new GetObjectCommand({ Bucket, Key: 'quick' }));
      expect([await Body?.transformToString(), StorageClass]).toEqual(['hello', 'EXPRESS_ONEZONE']);
      const presigned = await getSignedUrl(express, new GetObjectCommand({ Bucket, Key: 'quick' }));
      expect(presigned).toContain('X-Amz-S3session-Token');
      expect(await fetched(new URL(presigned), s3Config.httpsAgent)).toEqual({ status: 200, text: 'hello' });
      express.destroy();
    });

    it('scans with many requests at a time', async () => {
      const scan = async (Segment: number) => {
        let count = 0;
        for await (const page of paginateScan(
          { client, pageSize: 1000 },
          { TableName: 'Orders', Segment, TotalSegments: 4 },
        )) {
          count += page.Count ?? 0;
        }
        return count;
      };
      const counts = await Promise.all([0, 1, 2, 3].map(scan));
      expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(20_000);
    });
  });
});
