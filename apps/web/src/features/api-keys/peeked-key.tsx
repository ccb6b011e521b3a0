import type { ApiKey, PersonsApiKey } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { PeekedRow } from '../../app/list/peeked-row.tsx';
import type { RowAction } from '../../ui/list/column.ts';
import { anyKey, ownKey } from './api.ts';
import { KeyFacts } from './key-facts.tsx';
import type { AllKeys, OwnKeys } from './use-keys-list.ts';

interface PeekedKeyProps<Row, Keys> {
  id: string;
  list: Keys;
  actions: (row: Row) => RowAction[];
  /** Something lies over the peek and takes the keys. */
  busy: boolean;
}

function usePeekTexts() {
  const t = useTexts('api-keys');
  return { title: t(($) => $.title), gone: t(($) => $.peek.gone), previous: t(($) => $.peek.previous), next: t(($) => $.peek.next) };
}

/** One of my keys beside the list. */
export function PeekedOwnKey(props: PeekedKeyProps<ApiKey, OwnKeys>) {
  return <PeekedRow {...props} one={ownKey(props.id)} texts={usePeekTexts()} trail={{ type: 'api_key' }}>{(row) => <KeyFacts row={row} />}</PeekedRow>;
}

/** Anybody's, with whose it is. */
export function PeekedKey(props: PeekedKeyProps<PersonsApiKey, AllKeys>) {
  return <PeekedRow {...props} one={anyKey(props.id)} texts={usePeekTexts()} trail={{ type: 'api_key' }}>{(row) => <KeyFacts row={row} owner={`${row.user.name} · ${row.user.email}`} />}</PeekedRow>;
}
