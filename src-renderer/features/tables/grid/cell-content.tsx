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
 */
export function CellContent({ value }: { value: AttributeValue | undefined }) {
  if (!value) return <Missing />;
  const isNumber = value.type === 'N';
  const needsType = value.type !== 'S' || looksLikeAnotherType(value.text);
  return (
    <>
      {needsType && (
        <span className={cx('mr-1.5 shrink-0 font-mono text-2xs text-code-type', isNumber && 'mr-auto pr-1.5')}>
          {value.type}
        </span>
      )}
      <ValueText value={value} />
    </>
  );
}

function ValueText({ value }: { value: AttributeValue }) {
  const text = preview(value, maxCharacters);
  // What may be cut can be read whole by pointing at it.
  const title = text.length > shortText ? text : undefined;
  switch (value.type) {
    case 'S':
      return value.text === '' ? (
        <span className="text-faint">
          "" <span className="sr-only">empty text</span>
        </span>
      ) : (
        <span title={title} className="truncate whitespace-pre">
          {text}
        </span>
      );
    case 'N':
      return (
        <span title={timeTitle(value) ?? title} className="truncate font-mono text-code-number text-sm tabular">
          {text}
        </span>
      );
    case 'NULL':
      return <span className="text-code-word text-sm italic">null</span>;
    case 'BOOL':
      return <span className="text-code-word text-sm">{text}</span>;
    case 'B':
      return (
        <span title={title} className="truncate font-mono text-muted text-sm">
          {text}
        </span>
      );
    default:
      return (
        <span title={title} className="truncate whitespace-pre text-muted">
          {text}
        </span>
      );
  }
}

/** What a number may stand for. It is a guess, says so, and never takes the number's place. */
function timeTitle(value: AttributeValue): string | undefined {
  const time = assumedTime(value);
  return time && `${time.as} since 1970, assumed: ${new Date(time.at).toISOString()}`;
}

function Missing() {
  return (
    <>
      <span aria-hidden="true" className="text-line-strong">
        –
      </span>
      <span className="sr-only">missing</span>
    </>
  );
}
