import type { User } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { Time } from '../../app/list/time.tsx';
import { StatusDot, type Tone } from '../../ui/list/status-dot.tsx';
import { LATE_MS } from './api.ts';

const tones: Record<User['status'], Tone> = { active: 'ok', invited: 'busy', disabled: 'off' };

/** A person's state; of somebody invited also how their letter does, and until when they can accept. */
export function UserStatus({ user }: { user: User }) {
  const t = useTexts('users');
  const { status, invitation } = user;
  if (status !== 'invited') return <StatusDot tone={tones[status]}>{t(($) => $.status[status])}</StatusDot>;
  // Without a link: a change of their roles ended it.
  if (invitation === null || Date.parse(invitation.expires_at) <= Date.now()) return <StatusDot tone="warn">{t(($) => $.status.expired)}</StatusDot>;
  const lost = invitation.delivery === 'pending' && Date.now() - Date.parse(invitation.created_at) > LATE_MS;
  const { failure } = invitation;
  const letter = failure ? t(($) => $.access.failed[failure]) : lost ? t(($) => $.access.lost) : t(($) => $.access.delivery[invitation.delivery]);
  return (
    <span className="user-invited">
      <StatusDot tone={failure || lost ? 'error' : tones.invited}>{t(($) => $.status.invited)}</StatusDot>
      <small className={failure || lost ? 'user-link is-failed' : 'user-link'}>{letter}</small>
      <small>{t(($) => $.invitations.until)} <Time at={invitation.expires_at} /></small>
    </span>
  );
}
