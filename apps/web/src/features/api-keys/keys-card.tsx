import type { ApiKey, PersonsApiKey } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { ListView } from '../../app/list/list-view.tsx';
import type { RowAction } from '../../ui/list/column.ts';
import { useAllKeyColumns, useKeyColumns } from './key-columns.tsx';
import { KeyFilters } from './key-filters.tsx';
import type { AllKeys, OwnKeys } from './use-keys-list.ts';

/** My keys, in each of the list's states. */
export function OwnKeysCard({ list, actions, onAdd }: { list: OwnKeys; actions: (row: ApiKey) => RowAction[]; onAdd: () => void }) {
  const t = useTexts('api-keys');
  return (
    <ListView<ApiKey>
      name="api_keys"
      list={list}
      columns={useKeyColumns<ApiKey>(list.open)}
      actions={actions}
      texts={t(($) => $.list, { returnObjects: true })}
      title={t(($) => $.title)}
      filters={<KeyFilters search={list.search} filter={list.filter} />}
      count={list.total === undefined ? null : t(($) => $.total, { count: list.total })}
      position={t(($) => $.position, { count: list.rows?.length ?? 0 })}
      add={{ label: t(($) => $.add), onAdd }}
    />
  );
}

/** Everybody's, with whose they are. */
export function AllKeysCard({ list, actions }: { list: AllKeys; actions: (row: PersonsApiKey) => RowAction[] }) {
  const t = useTexts('api-keys');
  return (
    <ListView<PersonsApiKey>
      name="all_api_keys"
      list={list}
      columns={useAllKeyColumns(list.open)}
      actions={actions}
      texts={t(($) => $.list_all, { returnObjects: true })}
      title={t(($) => $.title)}
      filters={<KeyFilters search={list.search} filter={list.filter} />}
      count={list.total === undefined ? null : t(($) => $.total, { count: list.total })}
      position={t(($) => $.position, { count: list.rows?.length ?? 0 })}
      add={undefined}
    />
  );
}
