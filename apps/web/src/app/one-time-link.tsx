import { useEffect, useRef, useState } from 'react';
import type { OneTimeLink } from '@lyss/api-types';
import { useZone } from '../session/use-zone.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { writeClipboard } from '../ui/clipboard.ts';
import { formatExact } from '../ui/figure/format-time.ts';
import { FormDrawer } from '../ui/overlay/form-drawer.tsx';
import { InlineError } from '../ui/states/banner.tsx';
import { useLanguage, useTexts } from './i18n/use-texts.ts';
import './form/form.css';
import './one-time-link.css';

interface OneTimeLinkPanelProps {
  /** Whom it is for. */
  name: string;
  link: OneTimeLink;
  /** What helps once this is closed. */
  once: string;
  onClose: () => void;
}

/** The link that chooses a password, the only time that it is seen. */
export function OneTimeLinkPanel({ name, link, once, onClose }: OneTimeLinkPanelProps) {
  const t = useTexts('app');
  const locale = useLanguage();
  const zone = useZone();
  return (
    <FormDrawer title={t(($) => $.one_time_link.title, { name })} onClose={onClose}>
      <div className="one-time-link">
        <p>{t(($) => $.one_time_link.lead, { name })}</p>
        <LinkRow url={link.url} />
        <p>{t(($) => $.one_time_link.expires, { time: formatExact(new Date(link.expires_at), locale, zone) })}</p>
        <p className="one-time-link-note" role="status">{once}</p>
        <div className="form-end"><ActionButton onClick={onClose}>{t(($) => $.one_time_link.done)}</ActionButton></div>
      </div>
    </FormDrawer>
  );
}

function LinkRow({ url }: { url: string }) {
  const t = useTexts('app');
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<boolean | null>(null);
  const copy = async () => {
    const done = await writeClipboard(url);
    setCopied(done);
    // The only time that it is seen: what the page may not copy, the person can.
    if (!done) field.current?.focus();
  };
  useEffect(() => field.current?.select(), []);
  return (
    <div className="one-time-link-row">
      <input ref={field} className="form-input" readOnly value={url} aria-label={t(($) => $.one_time_link.address)} onFocus={(event) => event.target.select()} />
      <ActionButton look="primary" size="large" onClick={() => void copy()}>
        {copied ? t(($) => $.actions.copied) : t(($) => $.one_time_link.copy)}
      </ActionButton>
      <InlineError>{copied === false ? t(($) => $.one_time_link.not_copied) : null}</InlineError>
    </div>
  );
}
