import { Fragment } from 'react';

export interface SecretTextProps {
  text: string;
  /** What must not be read off the screen; undefined while it is not known yet. */
  secret: string | undefined;
  isRevealed: boolean;
}

/** A text whose secret is covered by dots, one for each character, so that nothing moves when it is revealed. */
export function SecretText({ text, secret, isRevealed }: SecretTextProps) {
  if (isRevealed || secret === '') return text;
  // Nothing is shown before it is known what to cover.
  if (secret === undefined) return null;
  return text.split(secret).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts have no identity and never move.
    <Fragment key={index}>
      {index > 0 && <span className="covered">{secret}</span>}
      {part}
    </Fragment>
  ));
}
