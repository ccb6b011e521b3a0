import { useState } from 'react';
import { useLanguage, useTexts } from '../../../app/i18n/use-texts.ts';
import { useMe } from '../../../session/session-store.ts';
import { useZone } from '../../../session/use-zone.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { writeClipboard } from '../../../ui/clipboard.ts';
import { formatExact } from '../../../ui/figure/format-time.ts';
import { saveTextFile } from '../../../ui/save-text-file.ts';
import { InlineError } from '../../../ui/states/banner.tsx';
import './second-factor.css';

/** The codes as a file: whose they are and when they were made stand in it, since files are found again years later. */
function useCodesFile(codes: readonly string[]): { name: string; text: string } {
  const t = useTexts('profile');
  const locale = useLanguage();
  const zone = useZone();
  const { email, tenant } = useMe();
  const lines = [t(($) => $.factors.codes.file_title), `${email} · ${tenant.name}`, formatExact(new Date(), locale, zone), '', ...codes, '', t(($) => $.factors.codes.file_note)];
  return { name: `lyss-recovery-codes-${tenant.workspace}.txt`, text: `${lines.join('\n')}\n` };
}

/** Recovery codes, the only time that they are seen: they are left once somebody says that they are kept. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const t = useTexts('profile');
  const frame = useTexts('app');
  const file = useCodesFile(codes);
  const [copied, setCopied] = useState<boolean | null>(null);
  const [kept, setKept] = useState(false);
  return (
    <div className="factor-codes">
      <p>{t(($) => $.factors.codes.lead)}</p>
      <ol className="factor-code-list" aria-label={t(($) => $.factors.codes.title)}>
        {codes.map((code) => <li key={code} className="mono">{code}</li>)}
      </ol>
      <div className="form-actions">
        <ActionButton onClick={() => void writeClipboard(codes.join('\n')).then(setCopied)}>{copied ? frame(($) => $.actions.copied) : t(($) => $.factors.codes.copy)}</ActionButton>
        <ActionButton onClick={() => saveTextFile(file.name, file.text)}>{t(($) => $.factors.codes.save)}</ActionButton>
      </div>
      <InlineError>{copied === false ? t(($) => $.factors.codes.not_copied) : null}</InlineError>
      <p className="factor-note">{t(($) => $.factors.codes.once)}</p>
      <label className="factor-kept">
        <input type="checkbox" checked={kept} onChange={(event) => setKept(event.target.checked)} />
        {t(($) => $.factors.codes.kept)}
      </label>
      <div className="form-end"><ActionButton look="primary" size="large" disabled={!kept} onClick={onDone}>{t(($) => $.factors.codes.done)}</ActionButton></div>
    </div>
  );
}
