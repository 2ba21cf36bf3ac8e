import { useCallback, useState } from 'react';
import type { DocumentProblem } from '../../../../src-shared/contracts/review-api.ts';
import { toErrorData } from '../../../../src-shared/errors.ts';
import { useClient } from '../../../bridge/react.tsx';
import type { CheckState } from './problem-list.tsx';

/** Checks texts with the app-service. What it finds is in the state, and is answered to whoever asked. */
export function useCheck(file: string): {
  state: CheckState;
  check: (text: string) => Promise<readonly DocumentProblem[]>;
} {
  const client = useClient();
  const [state, setState] = useState<CheckState>({ at: 'checking' });
  const check = useCallback(
    async (text: string) => {
      try {
        const { problems } = await client.read('resources.check', { file, text });
        setState({ at: 'checked', problems });
        return problems;
      } catch (error) {
        setState({ at: 'failed', message: toErrorData(error).message });
        return [];
      }
    },
    [client, file],
  );
  return { state, check };
}
