import { usePasskeyWords } from '../../app/passkeys/use-passkey-words.ts';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { InlineError } from '../../ui/states/banner.tsx';

interface PasskeyButtonProps {
  pending: boolean;
  failure: Error | null;
  onAsk: () => void;
}

/** The way in for whoever has a passkey: no address, no password. */
export function PasskeyButton({ pending, failure, onAsk }: PasskeyButtonProps) {
  const t = useTexts('sign-in');
  const frame = useTexts('app');
  const say = usePasskeyWords();
  return (
    <>
      <p className="sign-in-or"><span>{t(($) => $.or)}</span></p>
      <ActionButton size="large" pending={pending} onClick={onAsk}>{frame(($) => $.passkey.sign_in)}</ActionButton>
      <InlineError>{say(failure)}</InlineError>
    </>
  );
}
