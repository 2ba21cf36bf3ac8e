import { memo } from 'react';
import type { AttributeValue } from '../../../../src-shared/values/attribute-value.ts';
import { looksLikeAnotherType } from '../../../../src-shared/values/looks-like.ts';
import { preview } from '../../../../src-shared/values/preview.ts';
import { assumedTime } from '../../../../src-shared/values/times.ts';
import { cx } from '../../../ui/cx.ts';

/** More than the widest column shows. */
const maxCharacters = 240;
const shortText = 12;

/**
 * What stands in a cell. Missing, NULL, an empty text and an empty list are four different things and look like it;
 * the type stands beside every value that is not plainly a text.
 *
 * Whatever a value is, it is drawn with the same two elements: a row that scrolls into sight is an old one filled in
 * anew, and only what differs has to be changed in it.
 */
export const CellContent = memo(function CellContent({ value }: { value: AttributeValue | undefined }) {
  const isNumber = value?.type === 'N';
  const needsType = value !== undefined && (value.type !== 'S' || looksLikeAnotherType(value.text));
  return (
    <>
      <span
        className={cx(
          'inline-block font-mono text-2xs text-code-type',
          needsType && 'mr-1.5',
          isNumber && 'float-left',
        )}
      >
        {needsType ? value.type : ''}
      </span>
      <span title={titleOf(value)} className={lookOf(value)}>
        {textOf(value)}
      </span>
    </>
  );
});

function textOf(value: AttributeValue | undefined): string {
  if (!value) return '';
  if (value.type === 'NULL') return 'null';
  return preview(value, maxCharacters);
}

/** What may be cut can be read whole by pointing at it. */
function titleOf(value: AttributeValue | undefined): string | undefined {
  if (!value) return undefined;
  const time = value.type === 'N' ? timeTitle(value) : undefined;
  if (time !== undefined) return time;
  const text = textOf(value);
  return text.length > shortText ? text : undefined;
}

/** `cell-missing` and `cell-empty` draw a sign, and say in words what it stands for to those who cannot see it (app.css). */
function lookOf(value: AttributeValue | undefined): string {
  switch (value?.type) {
    case undefined:
      return 'cell-missing text-line-strong';
    case 'S':
      return value.text === '' ? 'cell-empty text-faint' : '';
    case 'N':
      return 'block truncate text-right font-mono text-code-number text-sm tabular';
    case 'NULL':
      return 'text-code-word text-sm italic';
    case 'BOOL':
      return 'text-code-word text-sm';
    case 'B':
      return 'font-mono text-muted text-sm';
    default:
      return 'text-muted';
  }
}

/** What a number may stand for. It is a guess, says so, and never takes the number's place. */
function timeTitle(value: AttributeValue): string | undefined {
  const time = assumedTime(value);
  return time && `${time.as} since 1970, assumed: ${new Date(time.at).toISOString()}`;
}
