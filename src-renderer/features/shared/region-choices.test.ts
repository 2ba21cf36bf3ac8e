import { describe, expect, it } from 'vitest';
import { regionChoices } from './region-choices.ts';

const names = (partition: string, search: string) => regionChoices(partition, search).map(({ region }) => region);

describe('regionChoices', () => {
  it('offers every region of the partition', () => {
    expect(names('aws-cn', '')).toEqual(['cn-north-1', 'cn-northwest-1']);
    expect(names('aws', '').length).toBeGreaterThan(30);
  });

  it.each([
    ['eu-west', ['eu-west-1', 'eu-west-2', 'eu-west-3']],
    ['EU north', ['eu-north-1']],
    ['euw3', ['eu-west-3']],
    ['apne2', ['ap-northeast-2']],
    ['nowhere', []],
  ])('%s finds %j', (search, expected) => {
    expect(names('aws', search)).toEqual(expected);
  });

  it('takes a region that it does not know yet', () => {
    expect(regionChoices('aws', 'eu-west-9')).toEqual([{ region: 'eu-west-9', isKnown: false }]);
    expect(regionChoices('aws', 'eu-west-1')).toEqual([{ region: 'eu-west-1', isKnown: true }]);
  });
});
