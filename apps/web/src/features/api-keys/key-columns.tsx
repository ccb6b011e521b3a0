import type { ApiKey, PersonsApiKey } from '@lyss/api-types';
import { useAccessWords } from '../../app/access/use-access-words.ts';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { Time } from '../../app/list/time.tsx';
import type { ListColumn } from '../../ui/list/column.ts';
import { KeyStatus } from './key-status.tsx';
import './api-keys.css';

// More than these make a row that nobody reads.
const SHOWN = 2;

function Scopes({ row }: { row: ApiKey }) {
  const t = useTexts('api-keys');
  const words = useAccessWords();
  const shown = row.scopes.slice(0, SHOWN).map(words.permission).join(' · ');
  return <>{row.scopes.length > SHOWN ? `${shown} ${t(($) => $.scopes_more, { count: row.scopes.length - SHOWN })}` : shown}</>;
}

/** What a key looks like in a list, whoever's it is. */
export function useKeyColumns<Row extends ApiKey>(open: (id: string) => void): ListColumn<Row>[] {
  const t = useTexts('api-keys');
  return [
    {
      key: 'name',
      title: t(($) => $.column.name),
      sortable: true,
      fixed: true,
      card: 'title',
      render: (row) => (
        <span className="api-keys-name">
          <button type="button" className="ui-name-button" onClick={() => open(row.id)}>{row.name}</button>
          <span className="mono">{row.hint}</span>
        </span>
      ),
    },
    { key: 'scopes', title: t(($) => $.column.scopes), card: 'none', render: (row) => <Scopes row={row} /> },
    { key: 'status', title: t(($) => $.column.status), card: 'aside', render: (row) => <KeyStatus row={row} /> },
    { key: 'last_used_at', title: t(($) => $.column.last_used_at), sortable: true, named: true, render: (row) => (row.last_used_at ? <Time at={row.last_used_at} /> : t(($) => $.never)) },
    { key: 'expires_at', title: t(($) => $.column.expires_at), sortable: true, named: true, render: (row) => (row.expires_at ? <Time at={row.expires_at} /> : t(($) => $.no_end)) },
    { key: 'created_at', title: t(($) => $.column.created_at), sortable: true, card: 'none', render: (row) => <Time at={row.created_at} /> },
  ];
}

/** The same with whose it is, after its name. */
export function useAllKeyColumns(open: (id: string) => void): ListColumn<PersonsApiKey>[] {
  const t = useTexts('api-keys');
  const [name, ...others] = useKeyColumns<PersonsApiKey>(open);
  const owner: ListColumn<PersonsApiKey> = {
    key: 'user',
    title: t(($) => $.column.user),
    named: true,
    render: ({ user }) => <span className="api-keys-owner" title={user.email}>{user.name}</span>,
  };
  return [...(name ? [name] : []), owner, ...others];
}
