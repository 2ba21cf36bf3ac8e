import { z } from 'zod';
import {
  type AdminApi,
  accessExplanation,
  auditHead,
  auditPage,
  endedSessions,
  invitation,
  loginList,
  matrixPage,
  resourcePage,
  writtenResource,
} from '../../src-shared/contracts/admin-api.ts';
import { accessPreview, checkedText, ownRules } from '../../src-shared/contracts/review-api.ts';
import { type Ask, nothing } from './ask.ts';

/** The administrators' half of an app-service over TLS. */
export function remoteAdmin(ask: Ask): AdminApi {
  return {
    showResources: (token, body) => ask(resourcePage, 'POST', '/v1/resources/show', { token, body }),
    writeResources: (token, body) => ask(z.array(writtenResource), 'POST', '/v1/resources/write', { token, body }),
    deleteResource: async (token, body) => void (await ask(nothing, 'POST', '/v1/resources/delete', { token, body })),
    ownRules: (token) => ask(ownRules, 'GET', '/v1/access/own', { token }),
    checkResources: (token, body) => ask(checkedText, 'POST', '/v1/resources/check', { token, body }),
    previewResources: (token, body) => ask(accessPreview, 'POST', '/v1/resources/preview', { token, body }),
    explainAccess: (token, body) => ask(accessExplanation, 'POST', '/v1/access/explain', { token, body }),
    accessMatrix: (token, body) => ask(matrixPage, 'POST', '/v1/access/matrix', { token, body }),
    queryAudit: (token, body) => ask(auditPage, 'POST', '/v1/audit/query', { token, body }),
    auditHead: (token) => ask(auditHead, 'GET', '/v1/audit/head', { token }),
    logins: (token, body) => ask(loginList, 'POST', '/v1/logins', { token, body }),
    resetUser: (token, body) => ask(invitation, 'POST', '/v1/users/reset', { token, body }),
    endSessions: (token, body) => ask(endedSessions, 'POST', '/v1/logins/end', { token, body }),
  };
}
