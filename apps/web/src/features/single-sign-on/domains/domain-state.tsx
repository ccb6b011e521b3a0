import type { SignInDomain } from '@lyss/api-types';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { StatusDot } from '../../../ui/list/status-dot.tsx';
import { domainTones } from '../domain-tones.ts';

/** What was decided about a domain. */
export function DomainState({ state }: { state: SignInDomain['state'] }) {
  const t = useTexts('single-sign-on');
  return <StatusDot tone={domainTones[state]}>{t(($) => $.operator.states[state])}</StatusDot>;
}
