import type { ConnectorId, SignInOffer } from '../../../src-shared/contracts/sign-on-api.ts';
import { RolegateError } from '../../../src-shared/errors.ts';
import type { ResourceDocument } from '../../resources/document.ts';
import type { Resource } from '../../resources/index.ts';
import type { AuthPreference } from '../../resources/kinds/auth-preference.ts';
import type { GithubSpec, OidcSpec, SamlSpec } from '../../resources/kinds/connectors.ts';
import type { Connector, ConnectorParts } from './connector.ts';
import { githubConnector } from './github.ts';
import { oidcConnector } from './oidc.ts';
import { type SamlConnector, samlConnector } from './saml.ts';

/** The connectors that there are, made from their documents. */
export interface Connectors {
  offer(): SignInOffer;
  /** @throws RolegateError `not_found` */
  require(id: ConnectorId): Connector;
  /** @throws RolegateError `not_found` */
  requireSaml(name: string): SamlConnector;
}

export interface ConnectorResources {
  find(kind: ConnectorId['kind'], name: string): Resource | undefined;
  list(kind: ConnectorId['kind']): Resource[];
  authPreference(): AuthPreference;
}

const kinds = ['oidc', 'saml', 'github'] as const;
const maxOffered = 100;

export function createConnectors(resources: ConnectorResources, parts: ConnectorParts): Connectors {
  // A changed document is a new object: what was learnt of a provider is forgotten with the old one.
  const made = new WeakMap<ResourceDocument, Connector>();

  function connectorOf({ document, unreadable }: Resource): Connector | undefined {
    if (unreadable !== undefined) return undefined;
    const known = made.get(document);
    if (known) return known;
    const connector = make(document, parts);
    made.set(document, connector);
    return connector;
  }

  function require({ kind, name }: ConnectorId): Connector {
    const resource = resources.find(kind, name);
    const connector = resource && connectorOf(resource);
    if (connector) return connector;
    throw new RolegateError('not_found', `There is no ${kind} connector ${name}.`, {
      hint: resource ? 'Its document cannot be used any more; write it anew.' : undefined,
    });
  }

  return {
    offer() {
      const { localAuth, type, connectorName } = resources.authPreference();
      const all = kinds.flatMap((kind) => resources.list(kind)).map(connectorOf);
      const connectors = all.flatMap((one) => (one ? [{ ...one.id, display: one.display }] : [])).slice(0, maxOffered);
      const preferred = connectors.find(({ kind, name }) => kind === type && name === connectorName);
      return {
        password: localAuth,
        connectors,
        ...(preferred && { preferred: { kind: preferred.kind, name: preferred.name } }),
      };
    },
    require,
    requireSaml: (name) => require({ kind: 'saml', name }) as SamlConnector,
  };
}

/** Documents have passed their kind's schema before they come here; the kind tells which it was. */
function make({ kind, metadata: { name }, spec }: ResourceDocument, parts: ConnectorParts): Connector {
  if (kind === 'oidc') return oidcConnector(name, spec as OidcSpec, parts);
  return kind === 'saml'
    ? samlConnector(name, spec as SamlSpec, parts)
    : githubConnector(name, spec as GithubSpec, parts);
}
