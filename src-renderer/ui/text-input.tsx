import { Search } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';

const box =
  'w-full rounded-md bg-surface text-text ring-1 ring-inset ring-line-strong outline-none hover:ring-faint/60 ' +
  'focus:ring-2 focus:ring-focus aria-invalid:ring-bad disabled:opacity-60';

export interface TextInputProps extends Omit<ComponentProps<'input'>, 'size'> {
  size?: 'md' | 'sm';
}

/** A line of text to type, as wide as what it stands in. */
export function TextInput({ size = 'md', className, ...rest }: TextInputProps) {
  const sizes = { md: 'h-8 px-2.5', sm: 'h-7 px-2 text-sm' };
  return (
    <input type="text" spellCheck={false} autoComplete="off" className={cx(box, sizes[size], className)} {...rest} />
  );
}

/** Several lines of text to type. */
export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      spellCheck={false}
      autoComplete="off"
      className={cx(box, 'resize-y px-2.5 py-2 font-mono text-sm leading-5', className)}
      {...rest}
    />
  );
}

/** A box to search a list with; `trailing` stands at its right end. */
export function SearchInput({ className, trailing, ...rest }: TextInputProps & { trailing?: ReactNode }) {
  return (
    <div className={cx('relative', className)}>
      <Search
        size={14}
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-faint"
      />
      <TextInput className={cx('search-input', trailing !== undefined && 'search-input-trailing')} {...rest} />
      {trailing !== undefined && (
        <span className="pointer-events-none absolute top-1/2 right-2.5 -translate-y-1/2 text-faint text-xs tabular">
          {trailing}
        </span>
      )}
    </div>
  );
}
