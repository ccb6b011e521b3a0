import { useTexts } from '../../../app/i18n/use-texts.ts';
import { OneTimeLinkPanel } from '../../../app/one-time-link.tsx';
import { FormDrawer } from '../../../ui/overlay/form-drawer.tsx';
import type { Resent } from '../api.ts';
import { MadeLinks, type MadeInvitation } from './made-links.tsx';
import './invite.css';

/** The new links of invitations that were sent again. */
export function ResentLinks({ answer, onClose }: { answer: Resent; onClose: () => void }) {
  const t = useTexts('users');
  const made = answer.people.flatMap(({ name, email, invitation }): MadeInvitation[] => (name !== null && email !== null && invitation ? [{ name, email, invitation }] : []));
  const [only, another] = made;
  if (only && !another) return <OneTimeLinkPanel name={only.name} link={only.invitation} once={answer.delivery === 'sent_soon' ? t(($) => $.link_sent) : t(($) => $.link_once)} onClose={onClose} />;
  return (
    <FormDrawer title={t(($) => $.invitations.resend.made)} onClose={onClose}>
      <MadeLinks made={made} delivery={answer.delivery} onClose={onClose} />
    </FormDrawer>
  );
}
