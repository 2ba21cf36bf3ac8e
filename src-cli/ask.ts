import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { RolegateError } from '../src-shared/errors.ts';

/** Asks for a secret on the terminal, which is not shown as it is typed. */
export async function askHidden(question: string): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new RolegateError('bad_input', 'There is no terminal to ask for the password on.', {
      hint: 'Give it on standard input, with --password-stdin.',
    });
  }
  const nowhere = new Writable({ write: (_chunk, _encoding, callback) => callback() });
  // The terminal stops showing what is typed before anything is asked: some people are quick.
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  process.stderr.write(question);
  try {
    return await terminal.question('');
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}

/** Asks for a new secret twice, until both are the same. */
export async function askNewPassword(user: string): Promise<string> {
  for (;;) {
    const password = await askHidden(`New password of ${user}: `);
    if (password === (await askHidden('The same again: '))) return password;
    process.stderr.write('They are different. Once more:\n');
  }
}

/** Asks for a line of text on the terminal. */
export async function askLine(question: string): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new RolegateError('bad_input', `There is no terminal to ask on: ${question.trim()}`);
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(question)).trim();
  } finally {
    terminal.close();
  }
}

/** Asks a yes-or-no question on the terminal; without a terminal the answer is no. */
export async function askYesNo(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(question)).trim());
  } finally {
    terminal.close();
  }
}

/** All of standard input, without the line end that `echo` adds. */
export async function readStandardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '');
}
