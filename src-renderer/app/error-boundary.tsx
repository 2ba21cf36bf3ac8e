import { Component, type ReactNode } from 'react';
import { FullPage } from './full-page.tsx';

/** Catches what no component should throw, so that a fault of ours is a page with a way out and not a blank window. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <FullPage
        title="Something went wrong inside Rolegate."
        hint="Reload the window to go on where you were."
        canReload
      />
    );
  }
}
