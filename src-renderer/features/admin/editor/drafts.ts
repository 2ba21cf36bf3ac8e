import { createStore } from 'zustand/vanilla';

/** A text that is not saved yet. */
export interface Draft {
  text: string;
  /** What it began as. */
  base: string;
}

/** What the draft of a resource begins as that somebody has removed and that is to be made anew. */
export const startedAnew = '';

interface Drafts {
  /** Whose they are: nobody else may see them after the next login. */
  owner: string;
  /** By kind and name; a new resource has the name of nothing. */
  drafts: Readonly<Record<string, Draft>>;
}

/** What was written and not saved, for as long as the window is open: looking elsewhere must not cost it. */
export const draftStore = createStore<Drafts>(() => ({ owner: '', drafts: {} }));

/** Says whose drafts these are; another person's are gone. */
export function claimDrafts(owner: string): void {
  if (draftStore.getState().owner !== owner) draftStore.setState({ owner, drafts: {} });
}

/** Keeps a text; one that is as it began is none. */
export function keepDraft(key: string, draft: Draft): void {
  if (draft.text === draft.base) dropDraft(key);
  else draftStore.setState(({ drafts }) => ({ drafts: { ...drafts, [key]: draft } }));
}

/** Forgets a text. */
export function dropDraft(key: string): void {
  draftStore.setState(({ drafts }) => ({
    drafts: Object.fromEntries(Object.entries(drafts).filter(([other]) => other !== key)),
  }));
}
