import type { Program } from '../program/program.ts';
import { accountHandlers } from './account.ts';
import { adminHandlers } from './admin.ts';
import { auditHandlers } from './audit.ts';
import { consoleHandlers } from './console.ts';
import { gatewayHandlers } from './gateway.ts';
import { jobHandlers } from './jobs.ts';
import { linkHandlers } from './links.ts';
import { networkHandlers } from './network.ts';
import type { Handlers } from './registry.ts';
import { requestHandlers } from './requests.ts';
import { sessionHandlers } from './session.ts';
import { settingsHandlers } from './settings.ts';
import { tableHandlers } from './tables.ts';

/** What each call does: one line each, the work is the program's. */
export function createHandlers(program: Program): Handlers {
  return {
    ...sessionHandlers(program),
    ...tableHandlers(program),
    ...jobHandlers(program),
    ...gatewayHandlers(program),
    ...consoleHandlers(program),
    ...settingsHandlers(program),
    ...networkHandlers(program),
    ...linkHandlers(program),
    ...accountHandlers(program),
    ...adminHandlers(program),
    ...requestHandlers(program),
    ...auditHandlers(program),
  };
}
