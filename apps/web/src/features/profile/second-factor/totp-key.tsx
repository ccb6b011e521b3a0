import { useTexts } from '../../../app/i18n/use-texts.ts';
import { useCopyTexts } from '../../../app/list/use-copy-texts.ts';
import { Copyable } from '../../../ui/copyable.tsx';
import { QrCode } from '../../../ui/qr-code.tsx';
import './second-factor.css';

const GROUP = 4;

/** A key that is read and typed by hand: in groups of four. */
function groupKey(key: string): string {
  return (key.match(new RegExp(`.{1,${GROUP}}`, 'g')) ?? []).join(' ');
}

/** What an authenticator app needs to know: as a picture for its camera, and as text for whoever has no camera or one screen alone. */
export function TotpKey({ uri, secret }: { uri: string; secret: string }) {
  const t = useTexts('profile');
  const copy = useCopyTexts();
  return (
    <div className="factor-totp">
      <QrCode text={uri} label={t(($) => $.factors.totp.picture)} />
      <div>
        <p>{t(($) => $.factors.totp.scan)}</p>
        <p className="factor-key-label">{t(($) => $.factors.totp.by_hand)}</p>
        <Copyable text={secret} shown={groupKey(secret)} mono {...copy} />
      </div>
    </div>
  );
}
