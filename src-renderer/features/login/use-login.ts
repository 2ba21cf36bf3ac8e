import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { SignOnMethod } from '../../../src-shared/contracts/sign-on-api.ts';
import type { RolegateError } from '../../../src-shared/errors.ts';
import { useClient } from '../../bridge/react.tsx';

/** What one logs in with. */
export interface Credentials {
  user: string;
  password: string;
  /** Of the authenticator app, once it was asked for. */
  code?: string;
}

/**
 * Logs in with a password; everybody who waited for a login goes on.
 *
 * @returns the mutation, and whether the service has asked for a code of the authenticator app
 */
export function useLogin() {
  const client = useClient();
  const [wantsCode, setWantsCode] = useState(false);
  const mutation = useMutation<void, RolegateError, Credentials>({
    mutationFn: (credentials) => client.login(credentials),
    onError: (error) => {
      if (error.code === 'needs_code') setWantsCode(true);
    },
  });
  return {
    mutation,
    wantsCode,
    /** Goes back to name and password. */
    forgetCode() {
      mutation.reset();
      setWantsCode(false);
    },
  };
}

/** Signs on by the browser. That it was cancelled is no error: whoever did it knows. */
export function useSignOn() {
  const client = useClient();
  return useMutation<void, RolegateError, SignOnMethod>({
    mutationFn: async (connector) => {
      try {
        await client.signOn(connector);
      } catch (error) {
        const { code, hint } = error as RolegateError;
        if (code !== 'cancelled' || hint !== undefined) throw error;
      }
    },
  });
}
