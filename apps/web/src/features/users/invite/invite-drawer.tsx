import { useLanguage, useTexts } from '../../../app/i18n/use-texts.ts';
import { FormDrawer } from '../../../ui/overlay/form-drawer.tsx';
import { describeFailure } from '../place-failure.ts';
import { startInvite } from './invite-draft.ts';
import { InviteForm } from './invite-form.tsx';
import { InvitePreview } from './invite-preview.tsx';
import { MadeLinks } from './made-links.tsx';
import { useInvite } from './use-invite.ts';
import './invite.css';

/** Invites many at once: a list, what would become of each line, and the links. */
export function InviteDrawer({ onClose }: { onClose: () => void }) {
  const t = useTexts('users');
  const frame = useTexts('app');
  const { draft, previewed, made, look, invite, send, back } = useInvite(startInvite(useLanguage()));
  // Links are seen only once: neither Esc nor a cross takes them away by chance.
  const close = made ? {} : { closeText: frame(($) => $.actions.close), unsaved: frame(($) => $.unsaved, { returnObjects: true }) };
  return (
    <FormDrawer title={t(($) => $.invite.title)} {...close} onClose={onClose}>
      {made ? (
        <MadeLinks made={made.people} left={made.left} delivery={made.delivery} onClose={onClose} />
      ) : previewed ? (
        <InvitePreview lines={previewed.lines} pending={invite.isPending || look.isPending} problem={describeFailure(invite.error, t)} onBack={back} onInvite={() => send(previewed)} />
      ) : (
        <InviteForm start={draft} pending={look.isPending} failure={look.error} onSubmit={look.mutate} onCancel={onClose} />
      )}
    </FormDrawer>
  );
}
