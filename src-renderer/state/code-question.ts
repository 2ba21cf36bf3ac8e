import { createStore } from 'zustand/vanilla';
import type { RolegateError } from '../../src-shared/errors.ts';

/** Something that was refused until a code of the authenticator app comes along. */
export interface CodeQuestion {
  /** Why it is asked, or what was wrong with the last one. */
  error: RolegateError;
  answer: (code: string | undefined) => void;
}

/** The one question at a time; the dialog is open exactly as long as there is one. */
export const codeQuestion = createStore<{ question: CodeQuestion | undefined }>(() => ({ question: undefined }));

/** Asks the person for a code. @returns undefined when they would rather not */
export function askForCode(error: RolegateError): Promise<string | undefined> {
  codeQuestion.getState().question?.answer(undefined);
  return new Promise((resolve) => {
    codeQuestion.setState({
      question: {
        error,
        answer: (code) => {
          codeQuestion.setState({ question: undefined });
          resolve(code);
        },
      },
    });
  });
}
