import { useQuery } from '@tanstack/react-query';
import type { IssuedLink, User } from '@lyss/api-types';
import type { ReactNode } from 'react';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { Time } from '../../app/list/time.tsx';
import { ActionButton } from '../../ui/action-button.tsx';
import type { RowAction } from '../../ui/list/column.ts';
import { LATE_MS, userAccess } from './api.ts';
import { FactorFacts } from './factor-facts.tsx';
import { ProviderFact } from './provider-fact.tsx';

/** On how many devices a person is signed in, with which second factors, and what became of their one-time link; what can be done about either beside it. */
export function useAccessFacts(user: User, actions: RowAction[], onUnlink: (() => void) | null): [string, ReactNode][] {
  const t = useTexts('users');
  const { data } = useQuery(userAccess(user.id));
  if (data === undefined) return [];
  const { sessions_count, second_factors, single_sign_on, link } = data;
  const again = actions.find(({ key }) => key === 'reset' || key === 'resend');
  const fact: [string, ReactNode] = [t(($) => $.access.sessions), sessions_count === 0 ? t(($) => $.access.nowhere) : t(($) => $.access.devices, { count: sessions_count })];
  const facts: [string, ReactNode][] = [fact, [t(($) => $.factor.title), <FactorFacts key="factors" factors={second_factors} />]];
  if (single_sign_on) facts.push([t(($) => $.provider.title), <ProviderFact key="provider" link={single_sign_on} onUnlink={onUnlink} />]);
  return link === null ? facts : [...facts, [t(($) => $.access.link[link.purpose]), <LinkState key="link" link={link} again={again} />]];
}

function LinkState({ link, again }: { link: IssuedLink; again: RowAction | undefined }) {
  const t = useTexts('users');
  const { failure } = link;
  const over = Date.parse(link.expires_at) <= Date.now();
  // A letter takes seconds: one that waits for minutes went down with its server.
  const lost = link.delivery === 'pending' && Date.now() - Date.parse(link.created_at) > LATE_MS;
  const failed = failure !== null || lost;
  const word = over ? t(($) => $.access.over) : failure ? t(($) => $.access.failed[failure]) : lost ? t(($) => $.access.lost) : t(($) => $.access.delivery[link.delivery]);
  return (
    <>
      <span className={failed ? 'user-link is-failed' : 'user-link'}>
        {word}
        {' · '}
        <Time at={over ? link.expires_at : link.created_at} />
      </span>
      {again && (over || failed) ? <ActionButton size="small" className="user-link-again" disabled={again.disabled === true} onClick={again.onSelect}>{t(($) => $.access.again)}</ActionButton> : null}
    </>
  );
}
