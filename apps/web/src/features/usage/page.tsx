import { useMutation } from '@tanstack/react-query';
import { ListFailure } from '../../app/list/list-failure.tsx';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useTitle } from '../../app/use-title.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { ListCard } from '../../ui/list/list-card.tsx';
import { PageHeader } from '../../ui/list/page-header.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { SkeletonText, Waiting } from '../../ui/states/skeleton.tsx';
import { EmptyState, NothingFound } from '../../ui/states/state.tsx';
import { saveCsv } from './api.ts';
import { Charts } from './charts.tsx';
import { Figures } from '../../app/usage/figures.tsx';
import { FilterBar } from './filter-bar.tsx';
import { TopCard } from './top-card.tsx';
import { useUsage, type Usage } from './use-usage.ts';
import './usage.css';

export default function Page() {
  const t = useTexts('usage');
  const usage = useUsage();
  useTitle(t(($) => $.title));
  return (
    <div className="usage">
      <PageHeader title={t(($) => $.title)} line={t(($) => $.lead)} action={<SaveCsv usage={usage} />} />
      <FilterBar usage={usage} />
      <Body usage={usage} />
    </div>
  );
}

function SaveCsv({ usage: { asked, group } }: { usage: Usage }) {
  const t = useTexts('usage');
  const save = useMutation({ mutationFn: saveCsv });
  return (
    <>
      <ActionButton pending={save.isPending} onClick={() => save.mutate({ ...asked, group_by: group })}>{t(($) => $.csv)}</ActionButton>
      <InlineError>{save.error?.message}</InlineError>
    </>
  );
}

/** The page in each of its states. */
function Body({ usage }: { usage: Usage }) {
  const t = useTexts('usage');
  const frame = useTexts('app');
  const { figures, series, list, search } = usage;
  const texts = t(($) => $.list, { returnObjects: true });
  const failure = figures.error ?? series.error;
  if (failure && !(figures.data && series.data)) return <ListCard><ListFailure failure={failure} texts={texts} retrying={figures.isFetching || series.isFetching} onRetry={() => void Promise.all([figures.refetch(), series.refetch()])} /></ListCard>;
  const isNothing = figures.data?.current.requests === 0 && figures.data.before.requests === 0;
  const isNarrowed = [search.model, search.supplier, search.user_id, search.api_key_id, search.surface].some((value) => value !== '') || search.range !== '';
  return (
    <Waiting waiting={figures.data === undefined || series.data === undefined} label={texts.loading} skeleton={<SkeletonText lines={12} />}>
      {figures.data && series.data ? (
        isNothing ? (
          <ListCard>{isNarrowed ? <NothingFound title={texts.not_found} hint={frame(($) => $.list.not_found_hint)} clearText={frame(($) => $.list.clear_all)} onClear={list.clear} /> : <EmptyState title={texts.empty} why={texts.why} />}</ListCard>
        ) : (
          <>
            {failure ? <InlineError>{failure.message}</InlineError> : null}
            <Figures summary={figures.data} series={series.data} isCompared={search.compare === ''} />
            <Charts usage={usage} answer={series.data} />
            <TopCard usage={usage} />
          </>
        )
      ) : null}
    </Waiting>
  );
}
