import type { AttributeValue } from '../../../../src-shared/values/attribute-value.ts';
import { looksLikeAnotherType } from '../../../../src-shared/values/looks-like.ts';
import { preview } from '../../../../src-shared/values/preview.ts';
import { assumedTime } from '../../../../src-shared/values/times.ts';
import { cx } from '../../../ui/cx.ts';

/** More than the widest column shows. */
const maxCharacters = 240;
const shortText = 12;

/** What stands in a cell, and how. */
export interface CellLook {
  className: string;
  /** The letters before it, where the type is not plain; drawn by `.cell-typed` (app.css). */
  type: AttributeValue['type'] | undefined;
  /** Never empty: an element whose text comes and goes is laid out from scratch. */
  text: string;
  /** What is said of a sign that stands for something, to those who cannot see it. */
  label?: string;
}

const missing: CellLook = { className: 'text-line-strong', type: undefined, text: '–', label: 'missing' };
/** Worked out once for a value, however often its row scrolls by. */
const looks = new WeakMap<AttributeValue, CellLook>();

/**
 * How a value stands in its cell. Missing, NULL, an empty text and an empty list are four different things and look like
 * it; the type stands beside every value that is not plainly a text.
 *
 * It is one text in one element, whatever the value is: a row that scrolls into sight is an old one filled in anew, and
 * each further element in its cells costs as much again.
 */
export function cellLook(value: AttributeValue | undefined): CellLook {
  if (!value) return missing;
  const known = looks.get(value);
  if (known) return known;
  const needsType = value.type !== 'S' || looksLikeAnotherType(value.text);
  const isEmpty = value.type === 'S' && value.text === '';
  const look: CellLook = {
    className: cx(classOf(value), needsType && 'cell-typed'),
    type: needsType ? value.type : undefined,
    text: isEmpty ? '""' : textOf(value),
    ...(isEmpty && { label: 'S empty text' }),
  };
  looks.set(value, look);
  return look;
}

/** What is said when somebody points at a cell: what a number may stand for, or what may be cut, whole. */
export function cellTitle(value: AttributeValue | undefined): string | undefined {
  if (!value) return undefined;
  const time = value.type === 'N' ? timeTitle(value) : undefined;
  if (time !== undefined) return time;
  const { text } = cellLook(value);
  return text.length > shortText ? text : undefined;
}

function textOf(value: AttributeValue): string {
  return value.type === 'NULL' ? 'null' : preview(value, maxCharacters);
}

function classOf(value: AttributeValue): string {
  switch (value.type) {
    case 'S':
      return value.text === '' ? 'text-faint' : '';
    case 'N':
      return 'text-right font-mono text-code-number text-sm tabular';
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

/** It is a guess, says so, and never takes the number's place. */
function timeTitle(value: AttributeValue): string | undefined {
  const time = assumedTime(value);
  return time && `${time.as} since 1970, assumed: ${new Date(time.at).toISOString()}`;
}
