import { createAuditVerifications } from '../program/audit-verification.ts';
import type { Program } from '../program/program.ts';
import type { Handlers } from './registry.ts';

type Names = 'audit.verify' | 'audit.stopVerifying';

export function auditHandlers(program: Program): Pick<Handlers, Names> {
  const verifications = createAuditVerifications();
  return {
    'audit.verify': async ({ id, anchor }) => {
      const { way, session } = program.running();
      return verifications.step(way.client, await session.token(), id, anchor);
    },
    'audit.stopVerifying': ({ id }) => {
      verifications.stop(id);
      return {};
    },
  };
}
