import { ColumnChooser } from '../../ui/list/column-chooser.tsx';
import { RefreshButton } from '../../ui/list/toolbar.tsx';
import { useStale } from '../../ui/list/use-stale.ts';
import { StaleNote } from '../../ui/states/banner.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { Time } from './time.tsx';

interface ListToolsProps {
  query: { dataUpdatedAt: number; isFetching: boolean; refetch: () => unknown };
  columns: Parameters<typeof ColumnChooser>[0]['columns'];
  hidden: readonly string[];
  onHide: (hidden: string[]) => void;
}

/** At the right of every list's toolbar: how old it is, its columns, and fetching it again. */
export function ListTools({ query, columns, hidden, onHide }: ListToolsProps) {
  const t = useTexts('app');
  const stale = useStale(query.dataUpdatedAt);
  return (
    <>
      {stale ? <StaleNote>{t(($) => $.list.updated)} <Time at={new Date(query.dataUpdatedAt).toISOString()} /></StaleNote> : null}
      <ColumnChooser columns={columns} hidden={hidden} onChange={onHide} label={t(($) => $.list.columns)} />
      <RefreshButton label={t(($) => $.list.refresh)} refreshing={query.isFetching} onRefresh={() => void query.refetch()} />
    </>
  );
}
