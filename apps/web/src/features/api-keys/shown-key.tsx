import { useEffect, useRef, useState } from 'react';
import type { ShownApiKey } from '@lyss/api-types';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { useZone } from '../../session/use-zone.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { writeClipboard } from '../../ui/clipboard.ts';
import { formatExact } from '../../ui/figure/format-time.ts';
import { FormDrawer } from '../../ui/overlay/form-drawer.tsx';
import { KeyExamples } from './key-examples.tsx';
import './api-keys.css';

/** The key, the only time that it is seen, and how to use it. Nothing but its button closes it: Esc would lose the key. */
export function ShownKeyPanel({ made, onClose }: { made: ShownApiKey; onClose: () => void }) {
  const t = useTexts('api-keys');
  const locale = useLanguage();
  const zone = useZone();
  const { overlap_ends_at, rotated_at } = made;
  const overlap = overlap_ends_at ? t(($) => $.shown.overlap, { time: formatExact(new Date(overlap_ends_at), locale, zone) }) : t(($) => $.shown.no_overlap);
  return (
    <FormDrawer title={t(($) => $.shown.title, { name: made.name })} onClose={onClose}>
      <div className="api-keys-shown">
        <KeyRow value={made.key} />
        <p className="api-keys-note" role="status">{t(($) => $.shown.once)}</p>
        {rotated_at ? <p>{overlap}</p> : null}
        <h3>{t(($) => $.shown.try)}</h3>
        <p>{t(($) => $.shown.try_line)}</p>
        <KeyExamples row={made} />
        <div className="form-end"><ActionButton look="primary" size="large" onClick={onClose}>{t(($) => $.shown.done)}</ActionButton></div>
      </div>
    </FormDrawer>
  );
}

function KeyRow({ value }: { value: string }) {
  const t = useTexts('api-keys');
  const frame = useTexts('app');
  const field = useRef<HTMLTextAreaElement>(null);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  return (
    <div className="api-keys-key">
      {/* On a phone a key takes two lines. */}
      <textarea ref={field} className="form-input mono" readOnly rows={2} value={value} aria-label={t(($) => $.shown.key)} onFocus={(event) => event.target.select()} />
      <ActionButton look="primary" size="large" onClick={() => void writeClipboard(value).then(setCopied)}>{copied ? frame(($) => $.actions.copied) : t(($) => $.shown.copy)}</ActionButton>
    </div>
  );
}
