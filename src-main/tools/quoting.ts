import type { Shell } from '../../src-shared/contracts/gateway.ts';

/**
 * Text as one word of a shell's command line. Everything that comes from a service or a file is quoted before it is
 * shown as part of a command: what people paste must do what it says and nothing else.
 */
export function quote(text: string, shell: Shell): string {
  switch (shell) {
    case 'unix':
      return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
    case 'powershell':
      return `'${text.replaceAll("'", "''")}'`;
    case 'command-prompt':
      return quoteForCommandPrompt(text);
  }
}

/** Command Prompt expands `%` and ends a word at a quote, whatever one does; such text cannot be shown to it. */
function quoteForCommandPrompt(text: string): string {
  const plain = text.replace(/["%\r\n]/g, '');
  return /^[\w@+=:,./\\-]*$/.test(plain) ? plain : `"${plain}"`;
}

/** A command that sets a variable. */
export function setVariable(name: string, value: string, shell: Shell): string {
  switch (shell) {
    case 'unix':
      return `export ${name}=${quote(value, shell)}`;
    case 'powershell':
      return `$Env:${name}=${quote(value, shell)}`;
    case 'command-prompt':
      // The quotes stand around the whole assignment: beside the value they would become part of it.
      return `set "${name}=${value.replace(/["%\r\n]/g, '')}"`;
  }
}

/** Commands that unset variables. */
export function unsetVariables(names: readonly string[], shell: Shell): string[] {
  switch (shell) {
    case 'unix':
      return [`unset ${names.join(' ')}`];
    case 'powershell':
      return [`Remove-Item -ErrorAction SilentlyContinue ${names.map((name) => `Env:${name}`).join(', ')}`];
    case 'command-prompt':
      return names.map((name) => `set "${name}="`);
  }
}
