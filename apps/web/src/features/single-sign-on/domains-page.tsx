import { useQuery } from '@tanstack/react-query';
import type { SignInDomain } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useTitle } from '../../app/use-title.ts';
import { useCan } from '../../session/session-store.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { PageHeader } from '../../ui/list/page-header.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { domainsQuery, useAllowPasswords, useDecide } from './api.ts';
import { Reading } from './reading.tsx';
import './single-sign-on.css';

function DomainRow({ item }: { item: SignInDomain }) {
  const t = useTexts('single-sign-on');
  const may = useCan('tenants.write');
  const [decide, allow] = [useDecide(), useAllowPasswords()];
  const { id, domain, state, tenant, sso_only } = item;
  return (
    <tr>
      <th scope="row">{domain}</th>
      <td>{tenant.name} <code>{tenant.workspace}</code></td>
      <td>{t(($) => $.domains.state[state])}</td>
      <td>
        {may && state !== 'approved' ? <ActionButton size="small" pending={decide.isPending} onClick={() => decide.mutate({ id, state: 'approved' })}>{t(($) => $.operator.approve, { domain })}</ActionButton> : null}{' '}
        {may && state !== 'refused' ? <ActionButton size="small" pending={decide.isPending} onClick={() => decide.mutate({ id, state: 'refused' })}>{t(($) => $.operator.refuse, { domain })}</ActionButton> : null}{' '}
        {may && sso_only ? <ActionButton size="small" pending={allow.isPending} onClick={() => allow.mutate(tenant.id)}>{t(($) => $.operator.passwords, { name: tenant.name })}</ActionButton> : null}
        <InlineError>{(decide.error ?? allow.error)?.message}</InlineError>
      </td>
    </tr>
  );
}

/** What the operator decides of single sign-on: whose domain is whose, and the way out of a door that closed. */
export default function Page() {
  const t = useTexts('single-sign-on');
  const query = useQuery(domainsQuery);
  useTitle(t(($) => $.operator.title));
  return (
    <div className="form-page">
      <PageHeader title={t(($) => $.operator.title)} line={t(($) => $.operator.line)} />
      <Reading query={query} failed={t(($) => $.operator.failed)}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t(($) => $.operator.empty)}</p>
          ) : (
            <table className="sso-claims">
              <thead><tr><th scope="col">{t(($) => $.operator.domain)}</th><th scope="col">{t(($) => $.operator.tenant)}</th><th scope="col">{t(($) => $.operator.state)}</th><th scope="col">{t(($) => $.operator.actions)}</th></tr></thead>
              <tbody>{items.map((item) => <DomainRow key={item.id} item={item} />)}</tbody>
            </table>
          )
        }
      </Reading>
    </div>
  );
}
