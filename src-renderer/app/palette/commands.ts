import type { LucideIcon } from 'lucide-react';

/** Something that the palette can do or go to. */
export interface Command {
  id: string;
  kind: 'Action' | 'Table' | 'Role' | 'Region';
  label: string;
  /** More to find it by, and to tell it from others of the same name. */
  detail?: string;
  icon: LucideIcon;
  run: () => void;
}

/** What of a command is searched. */
export function searchedText({ label, detail }: Command): string {
  return detail === undefined ? label : `${label} ${detail}`;
}
