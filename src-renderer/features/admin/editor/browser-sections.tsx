import { sectionKinds } from '../../shared/admin-sections.ts';
import { ResourceBrowser } from './resource-browser.tsx';

/** Roles: what their users may do. */
export function RolesSection() {
  return (
    <ResourceBrowser
      title="Roles"
      about="What users may do: which apps and IAM roles they may use, and what they may administer."
      kinds={sectionKinds.roles}
      empty="There are no roles."
    />
  );
}

/** Single sign-on: the providers that people log in with. */
export function ConnectorsSection() {
  return (
    <ResourceBrowser
      title="Single sign-on"
      about="The providers that people log in with, and which roles they get from what a provider says of them."
      kinds={sectionKinds.connectors}
      empty="There are none yet. Everybody logs in with a password."
    />
  );
}

/** Whatever else the service keeps. */
export function ResourcesSection() {
  return (
    <ResourceBrowser
      title="Other resources"
      about="Apps, how people log in, join tokens and requests, as the documents that they are."
      kinds={sectionKinds.resources}
      empty="There are none yet."
    />
  );
}
