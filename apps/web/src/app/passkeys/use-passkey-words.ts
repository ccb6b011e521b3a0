import { useTexts } from '../i18n/use-texts.ts';
import { PasskeyFailure } from './ask-passkey.ts';

/** A failure in words: the passkey's own, else the server's; null where there is nothing to say. */
export function usePasskeyWords(): (failure: unknown) => string | null {
  const t = useTexts('app');
  return (failure) => {
    if (!(failure instanceof PasskeyFailure)) return failure instanceof Error ? failure.message : null;
    const { problem } = failure;
    return problem === 'replaced' ? null : t(($) => $.passkey[problem]);
  };
}
