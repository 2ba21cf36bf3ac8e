import type { Program } from '../program/program.ts';
import type { ServiceClient } from '../service-client/service-client.ts';
import type { Handlers } from './registry.ts';
import { done } from './session.ts';

type Names =
  | 'resources.show'
  | 'resources.write'
  | 'resources.delete'
  | 'access.own'
  | 'resources.check'
  | 'resources.preview'
  | 'access.explain'
  | 'access.matrix'
  | 'audit.query'
  | 'audit.head'
  | 'users.reset'
  | 'connectors.test'
  | 'logins.list'
  | 'logins.end';

export function adminHandlers(program: Program): Pick<Handlers, Names> {
  const ask = async <Answer>(question: (client: ServiceClient, token: string) => Promise<Answer>): Promise<Answer> => {
    const { way, session } = program.running();
    return question(way.client, await session.token());
  };
  return {
    'resources.show': (input) => ask((client, token) => client.showResources(token, input)),
    'resources.write': (input) => ask((client, token) => client.writeResources(token, input)),
    'resources.delete': (input) => done(ask((client, token) => client.deleteResource(token, input))),
    'access.own': () => ask((client, token) => client.ownRules(token)),
    'resources.check': (input) => ask((client, token) => client.checkResources(token, input)),
    'resources.preview': (input) => ask((client, token) => client.previewResources(token, input)),
    'access.explain': (input) => ask((client, token) => client.explainAccess(token, input)),
    'access.matrix': (input) => ask((client, token) => client.accessMatrix(token, input)),
    'audit.query': (input) => ask((client, token) => client.queryAudit(token, input)),
    'audit.head': () => ask((client, token) => client.auditHead(token)),
    'users.reset': (input) => ask((client, token) => client.resetUser(token, input)),
    'connectors.test': (input) => ask((client, token) => client.testConnector(token, input)),
    'logins.list': (input) => ask((client, token) => client.logins(token, input)),
    'logins.end': (input) => ask((client, token) => client.endSessions(token, input)),
  };
}
