import { useMutation } from '@tanstack/react-query';
import type { RolegateError } from '../../../src-shared/errors.ts';
import { useClient } from '../../bridge/react.tsx';

/** What one logs in with. */
export interface Credentials {
  user: string;
  password: string;
}

/** Logs in; everybody who waited for a login goes on. */
export function useLogin() {
  const client = useClient();
  return useMutation<void, RolegateError, Credentials>({
    mutationFn: ({ user, password }) => client.login(user, password),
  });
}
