import { Command } from 'lucide-react';
import { IconButton } from '../../ui/icon-button.tsx';
import { commandKey } from '../../ui/kbd.tsx';

/** For those who do not know yet that there is a key for it. */
export function PaletteButton({ onClick }: { onClick: () => void }) {
  return <IconButton icon={Command} label={`Go to anything (${commandKey}K)`} onClick={onClick} />;
}
