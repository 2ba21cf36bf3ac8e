import { defineCalls, nothing } from './common.ts';
import {
  accessRequest,
  accessRequestList,
  createAccessRequest,
  resolveAccessRequest,
  withdrawAccessRequest,
} from './requests-api.ts';

/** Asking for IAM roles, and deciding on what others ask for. */
export const requestCalls = defineCalls({
  'requests.list': { input: nothing, output: accessRequestList },
  'requests.create': { input: createAccessRequest, output: accessRequest },
  'requests.resolve': { input: resolveAccessRequest, output: accessRequest },
  'requests.withdraw': { input: withdrawAccessRequest, output: accessRequest },
});
