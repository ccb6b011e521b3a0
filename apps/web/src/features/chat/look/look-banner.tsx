import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Look } from '@lyss/api-types';
import { call } from '../../../api/client.ts';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { paths } from '../../../app/paths.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { AlertIcon } from '../../../ui/icons.tsx';
import { InlineError } from '../../../ui/states/banner.tsx';
import { forgetLooked } from './api.ts';

const SECOND_MS = 1_000;
const SECONDS = 60;

/** 29:59. */
function formatLeft(ends_at: string, now: number): string {
  const left = Math.max(0, Math.floor((Date.parse(ends_at) - now) / SECOND_MS));
  return `${Math.floor(left / SECONDS)}:${String(left % SECONDS).padStart(2, '0')}`;
}

/** Whose data this is, why it is open, for how much longer, and the way out. */
export function LookBanner({ look, now }: { look: Look; now: number }) {
  const t = useTexts('chat');
  const client = useQueryClient();
  const navigate = useNavigate();
  const end = useMutation({
    mutationFn: () => call('looks.end', { params: { id: look.id } }),
    onSuccess: async () => {
      await navigate(paths.users());
      forgetLooked(client, look.id);
      client.removeQueries({ queryKey: ['looks', look.id] });
    },
  });
  return (
    <aside className="look-banner" aria-label={t(($) => $.look.title)}>
      <AlertIcon />
      <div>
        <h1>{t(($) => $.look.at, { name: look.subject.name })}</h1>
        <p>{t(($) => $.look.reason, { reason: look.reason })}</p>
        <InlineError>{end.error?.message ?? null}</InlineError>
      </div>
      {/* Read out when somebody comes to it, not each second. */}
      <span className="look-left tabular-nums" role="timer">{t(($) => $.look.left, { time: formatLeft(look.ends_at, now) })}</span>
      <ActionButton look="primary" pending={end.isPending} onClick={() => end.mutate()}>{t(($) => $.look.end)}</ActionButton>
    </aside>
  );
}
