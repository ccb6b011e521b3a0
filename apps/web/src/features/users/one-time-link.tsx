import { useEffect, useRef, useState } from 'react';
import type { OneTimeLink } from '@lyss/api-types';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { writeClipboard } from '../../ui/clipboard.ts';
import { formatExact } from '../../ui/figure/format-time.ts';
import { Drawer } from './drawer.tsx';
import { useZone } from './use-zone.ts';
import './users.css';

/** The link that chooses a password, the only time that it is seen. */
export function OneTimeLinkPanel({ name, link, onClose }: { name: string; link: OneTimeLink; onClose: () => void }) {
  const t = useTexts('users');
  return (
    <Drawer title={t(($) => $.link.title, { name })} onClose={onClose}>
      <div className="users-link">
        <p>{t(($) => $.link.lead, { name })}</p>
        <LinkRow url={link.url} />
        <Expiry at={link.expires_at} />
        <p className="users-link-note" role="status">{t(($) => $.link.once)}</p>
        <DoneButton onClose={onClose} />
      </div>
    </Drawer>
  );
}

function DoneButton({ onClose }: { onClose: () => void }) {
  const t = useTexts('users');
  return <div className="users-form-actions"><ActionButton onClick={onClose}>{t(($) => $.link.done)}</ActionButton></div>;
}

function LinkRow({ url }: { url: string }) {
  const t = useTexts('users');
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  useEffect(() => field.current?.select(), []);
  return (
    <div className="users-link-row">
      <input ref={field} className="form-input" readOnly value={url} aria-label={t(($) => $.link.address)} onFocus={(event) => event.target.select()} />
      <ActionButton look="primary" size="large" onClick={() => void writeClipboard(url).then(setCopied)}>
        {copied ? t(($) => $.link.copied) : t(($) => $.link.copy)}
      </ActionButton>
    </div>
  );
}

function Expiry({ at }: { at: string }) {
  const t = useTexts('users');
  const locale = useLanguage();
  const zone = useZone();
  return <p>{t(($) => $.link.expires, { time: formatExact(new Date(at), locale, zone) })}</p>;
}
