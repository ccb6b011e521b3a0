import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { call } from '../../../api/client.ts';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { Time } from '../../../app/list/time.tsx';
import { ActionButton } from '../../../ui/action-button.tsx';
import { InlineError } from '../../../ui/states/banner.tsx';
import { SkeletonText } from '../../../ui/states/skeleton.tsx';
import '../security/security.css';

const looksAtMe = infiniteQueryOptions({
  queryKey: ['looks-at-me'],
  queryFn: ({ signal, pageParam }) => call('looks.listAtMe', { query: pageParam === null ? {} : { cursor: pageParam }, signal }),
  // The first page has no cursor; TypeScript would infer null alone.
  initialPageParam: null as string | null,
  getNextPageParam: ({ pagination }) => pagination.next_cursor,
});

/** Who looked into my data, when, and why. */
export function LooksList() {
  const t = useTexts('profile');
  const found = useInfiniteQuery(looksAtMe);
  const looks = found.data?.pages.flatMap(({ items }) => items);
  if (looks === undefined) return found.isError ? <InlineError>{found.error.message}</InlineError> : <SkeletonText lines={2} />;
  if (looks.length === 0) return <p className="session-line">{t(($) => $.looks.nobody)}</p>;
  return (
    <div>
      <ul className="session-list" aria-label={t(($) => $.looks.title)}>
        {looks.map(({ id, looker_name, reason, started_at, ended_at, ends_at }) => (
          <li key={id} className="session-row">
            <div>
              <p className="session-device">{looker_name}</p>
              <p className="session-line">{reason}</p>
              <p className="session-line"><Time at={started_at} /> · {t(($) => $.looks.until)} <Time at={ended_at ?? ends_at} /></p>
            </div>
          </li>
        ))}
      </ul>
      {found.hasNextPage ? <ActionButton pending={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>{t(($) => $.security.more)}</ActionButton> : null}
    </div>
  );
}
