import { Monitor, Moon, Sun } from 'lucide-react';

/** The themes to choose from. */
export const themeOptions = [
  { value: 'system', label: 'Like the system', icon: Monitor },
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
] as const;
