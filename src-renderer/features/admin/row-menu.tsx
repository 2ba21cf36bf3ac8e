import { Ellipsis } from 'lucide-react';
import type { ReactNode } from 'react';
import { Menu } from '../../ui/menu.tsx';

/** The button at the end of a row, and what hangs from it. @param of whose actions these are */
export function RowMenu({ of, children }: { of: string; children: ReactNode }) {
  return (
    <Menu
      align="end"
      trigger={
        <button
          type="button"
          aria-label={`Actions for ${of}`}
          className="inline-flex size-7 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-text data-popup-open:bg-hover data-popup-open:text-text"
        >
          <Ellipsis size={15} aria-hidden="true" />
        </button>
      }
    >
      {children}
    </Menu>
  );
}
