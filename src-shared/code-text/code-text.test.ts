import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCall } from '../reading/read-call.ts';
import { wholeTable } from '../reading/whole-table.ts';
import { itemText, wirePairs } from '../values/arbitrary.ts';
import { parseItem } from '../values/parse-item.ts';
import { writeItem } from '../values/write-value.ts';
import { putCall, readApiCall } from './api-call.ts';
import { csvText } from './csv.ts';
import { awsCliCommand, javascriptCode, jsonInput, pythonCode } from './languages.ts';
import { insertStatement } from './partiql.ts';

const item = parseItem(
  `{"Id":{"S":"it's"},"n":{"N":"12345678901234567890123456789012345678"},"b":{"B":"AAE="},"__proto__":{"BOOL":true},"l":{"L":[{"NULL":true},{"SS":["a'b"]}]}}`,
);

describe('code for an item', () => {
  it('is the item to the last character in JSON', () => {
    fc.assert(
      fc.property(wirePairs, (pairs) => {
        const one = parseItem(itemText(pairs));
        expect(jsonInput(putCall('T', one))).toBe(`{"TableName":"T","Item":${writeItem(one)}}`);
      }),
    );
  });

  it('passes a shell as it is', () => {
    fc.assert(
      fc.property(wirePairs, (pairs) => {
        const text = itemText(pairs);
        // No argument can hold a NUL.
        fc.pre(!text.includes('\u0000'));
        const command = awsCliCommand(putCall('T', parseItem(text)), 'us-east-1').replace(/^aws/, 'echo');
        const argument = command.slice(command.indexOf("'"));
        const printed = execFileSync('/bin/sh', ['-c', `printf %s ${argument}`], { encoding: 'utf8' });
        expect(printed).toBe(Buffer.from(jsonInput(putCall('T', parseItem(text)))).toString());
      }),
      { numRuns: 20 },
    );
  });

  it('names the command, and keeps quotes', () => {
    expect(awsCliCommand(putCall('Music', item), 'eu-west-1')).toMatch(
      /^aws dynamodb put-item --region eu-west-1 --cli-input-json '\{"TableName":"Music","Item":\{"Id":\{"S":"it'\\''s"\}/,
    );
  });

  it('is JavaScript in which __proto__ is an attribute', () => {
    const code = javascriptCode(putCall('Music', item), 'us-east-1');
    const literal = /Item: (.*),\n/.exec(code)?.[1] ?? '';
    const made = new Function('Buffer', `return ${literal}`)(Buffer) as Record<string, unknown>;
    expect(Object.keys(made)).toEqual(['Id', 'n', 'b', '__proto__', 'l']);
    expect(code).toContain('new PutItemCommand({');
  });

  it('is Python', () => {
    const code = pythonCode(putCall('Music', item), 'us-east-1');
    expect(code).toContain('client.put_item(\n    TableName="Music",');
    expect(code).toContain('"b": {"B": b64decode("AAE=")}');
    expect(code).toContain('"__proto__": {"BOOL": True}');
  });

  it('is PartiQL, with parameters for what has no literal', () => {
    expect(insertStatement('Music', item)).toBe(
      `INSERT INTO "Music" VALUE {'Id': 'it''s', 'n': 12345678901234567890123456789012345678, 'b': ?, '__proto__': true, 'l': [NULL, <<'a''b'>>]}\n-- Parameters: [{"B":"AAE="}]`,
    );
  });

  it('shows how a page is read', () => {
    const call = readApiCall(readCall('Music', wholeTable('by-year'), { limit: 5, startKey: '{"Id":{"S":"x"}}' }));
    expect(jsonInput(call)).toBe(
      '{"TableName":"Music","IndexName":"by-year","Limit":5,"ExclusiveStartKey":{"Id":{"S":"x"}}}',
    );
  });
});

describe('csvText', () => {
  it('quotes what needs it and lets no formula run', () => {
    const items = ['{"a":{"S":"=1+1"},"b":{"S":"x,\\"y\\"\\nz"}}', '{"a":{"N":"-5"},"b":{"L":[{"S":"q"}]}}', '{}'].map(
      parseItem,
    );
    expect(csvText(items, ['a', 'b'])).toBe(`a,b\r\n'=1+1,"x,""y""\nz"\r\n-5,"{""L"":[{""S"":""q""}]}"\r\n,\r\n`);
  });
});
