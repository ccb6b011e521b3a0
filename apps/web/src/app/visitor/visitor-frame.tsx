import type { ReactNode } from 'react';
import { OfflineBanner } from '../../ui/states/banner.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { Brand } from './brand.tsx';
import { Drawing } from './drawing.tsx';
import { VisitorTools } from './visitor-tools.tsx';
import './visitor.css';

/** The frame of every page before sign-in: a deep field with one sentence at the left, the form at the right. No antd. */
export function VisitorFrame({ aside, wide = false, children }: { aside?: ReactNode; wide?: boolean; children: ReactNode }) {
  const t = useTexts('app');
  return (
    <div className={wide ? 'visitor is-wide' : 'visitor'}>
      <aside className="visitor-field">
        <Brand inverse />
        {aside ?? (
          <div className="visitor-saying">
            <p className="visitor-sentence">{t(($) => $.visitor.sentence)}</p>
            <Drawing />
          </div>
        )}
      </aside>
      <div className="visitor-side">
        <VisitorTools />
        <OfflineBanner text={t(($) => $.offline)} />
        <main className="visitor-main">{children}</main>
      </div>
    </div>
  );
}
