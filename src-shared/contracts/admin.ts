import { z } from 'zod';
import {
  accessExplanation,
  auditHead,
  auditPage,
  auditQuery,
  deleteResourceRequest,
  endedSessions,
  endSessionsRequest,
  explainRequest,
  invitation,
  loginList,
  loginsRequest,
  matrixPage,
  matrixRequest,
  resetUserRequest,
  resourcePage,
  showResourcesRequest,
  writeResourcesRequest,
  writtenResource,
} from './admin-api.ts';
import { defineCalls, done, nothing } from './common.ts';
import { accessPreview, checkedText, ownRules, reviewRequest } from './review-api.ts';
import { connectorId, connectorTest } from './sign-on-api.ts';

/** What administrators and auditors do, through whichever app-service is in use. It decides who may. */
export const adminCalls = defineCalls({
  'resources.show': { input: showResourcesRequest, output: resourcePage },
  'resources.write': { input: writeResourcesRequest, output: z.array(writtenResource) },
  'resources.delete': { input: deleteResourceRequest, output: done },
  /** What one may administer oneself: a window shows that and no more. */
  'access.own': { input: nothing, output: ownRules },
  'resources.check': { input: reviewRequest, output: checkedText },
  'resources.preview': { input: reviewRequest, output: accessPreview },
  'access.explain': { input: explainRequest, output: accessExplanation },
  'access.matrix': { input: matrixRequest, output: matrixPage },
  'audit.query': { input: auditQuery, output: auditPage },
  'audit.head': { input: nothing, output: auditHead },
  'connectors.test': { input: connectorId, output: connectorTest },
  'logins.list': { input: loginsRequest, output: loginList },
  'users.reset': { input: resetUserRequest, output: invitation },
  'logins.end': { input: endSessionsRequest, output: endedSessions },
});
