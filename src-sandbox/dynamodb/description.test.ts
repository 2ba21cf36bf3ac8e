import { describe, expect, it } from 'vitest';
import { withStatistics } from './description.ts';

const statistics = {
  Orders: { tableId: 'id-1', itemCount: 3, sizeBytes: 300, indexes: { ByDate: { itemCount: 2, sizeBytes: 80 } } },
};
const described = {
  TableName: 'Orders',
  TableId: 'id-1',
  ItemCount: 0,
  TableSizeBytes: 0,
  GlobalSecondaryIndexes: [
    { IndexName: 'ByDate', ItemCount: 0, IndexSizeBytes: 0, IndexStatus: 'ACTIVE' },
    { IndexName: 'Later', ItemCount: 0, IndexSizeBytes: 0 },
  ],
};

describe('the description of a prepared table', () => {
  it('has its figures, and all else as it was', () => {
    expect(withStatistics(described, statistics)).toEqual({
      ...described,
      ItemCount: 3,
      TableSizeBytes: 300,
      GlobalSecondaryIndexes: [
        { IndexName: 'ByDate', ItemCount: 2, IndexSizeBytes: 80, IndexStatus: 'ACTIVE' },
        described.GlobalSecondaryIndexes[1],
      ],
    });
  });

  it('keeps what the engine has counted', () => {
    expect(withStatistics({ ...described, ItemCount: 7 }, statistics)).toMatchObject({
      ItemCount: 7,
      TableSizeBytes: 300,
    });
  });

  it('is not mistaken for that of another table of the same name', () => {
    const another = { ...described, TableId: 'id-2' };
    expect(withStatistics(another, statistics)).toBe(another);
    const inherited = { TableName: 'constructor' };
    expect(withStatistics(inherited, statistics)).toBe(inherited);
  });
});
