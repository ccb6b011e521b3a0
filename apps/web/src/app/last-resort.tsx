import { Component, type ErrorInfo, type ReactNode } from 'react';
import { ActionButton } from '../ui/action-button.tsx';
import './visitor/brand.css';
import { i18n } from './i18n/i18n.ts';

/** What is left when a page outside the router cannot be drawn: words and a way to begin anew, never an empty window. */
export class LastResort extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidCatch(error: Error, where: ErrorInfo) {
    reportError(new Error(`the page could not be drawn${where.componentStack ?? ''}`, { cause: error }));
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <main className="last-resort" role="alert">
        <h1>{i18n.t(($) => $.route.failed)}</h1>
        <ActionButton look="primary" onClick={() => location.reload()}>{i18n.t(($) => $.actions.reload)}</ActionButton>
      </main>
    );
  }
}
