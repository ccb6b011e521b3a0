import type { User } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { StatusDot, type Tone } from '../../ui/list/status-dot.tsx';

const tones: Record<User['status'], Tone> = { active: 'ok', invited: 'busy', disabled: 'off' };

export function UserStatus({ user }: { user: User }) {
  const t = useTexts('users');
  return <StatusDot tone={tones[user.status]}>{t(($) => $.status[user.status])}</StatusDot>;
}
