import { useQuery } from '@tanstack/react-query';
import type { User } from '@lyss/api-types';
import { groupByNoun } from '../../app/access/permission-key.ts';
import { useAccessWords } from '../../app/access/use-access-words.ts';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { InlineError } from '../../ui/states/banner.tsx';
import { SkeletonText, Waiting } from '../../ui/states/skeleton.tsx';
import { userPermissions } from './api.ts';
import './users.css';

/** What a person may do, and which of their roles each permission comes from. */
export function EffectivePermissions({ user }: { user: User }) {
  const t = useTexts('users');
  const words = useAccessWords();
  const { data, error } = useQuery(userPermissions(user));
  const items = data?.items ?? [];
  const comesFrom = (permission: string) => items.find((item) => item.permission === permission)?.from ?? [];
  return (
    <section className="users-can">
      <h3>{t(($) => $.can.title)}</h3>
      <InlineError>{data ? null : error?.message}</InlineError>
      <Waiting waiting={data === undefined && error === null} label={t(($) => $.can.loading)} skeleton={<SkeletonText lines={4} />}>
        {data && items.length === 0 ? <p className="form-line">{t(($) => $.can.nothing)}</p> : null}
        {groupByNoun(items.map(({ permission }) => permission)).map(({ noun, permissions }) => (
          <ul key={noun} aria-label={words.noun(noun)}>
            {permissions.map((permission) => (
              <li key={permission}>
                <span>{words.permission(permission)}<small>{words.line(permission)}</small></span>
                <span className="users-from">{t(($) => $.can.from, { names: comesFrom(permission).map(words.role).join(t(($) => $.can.list)) })}</span>
              </li>
            ))}
          </ul>
        ))}
      </Waiting>
    </section>
  );
}
