import { Link } from '@tanstack/react-router';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { TabLinks } from '../../app/tab-links.tsx';
import type { AuditSearch } from '../../app/search.ts';
import { useTitle } from '../../app/use-title.ts';
import { PageHeader } from '../../ui/list/page-header.tsx';
import type { Trail } from './api.ts';
import { EntriesCard } from './entries-card.tsx';
import { FilesCard } from './files-card.tsx';
import { PeekedEntry } from './peeked-entry.tsx';
import { useAuditList } from './use-audit-list.ts';
import { VerifyCard } from './verify-card.tsx';
import './audit.css';

/** A trail in its parts: what stands in it, whether it is whole, and files of it. */
export function AuditPage({ trail }: { trail: Trail }) {
  const t = useTexts('audit');
  const list = useAuditList(trail);
  const { tab, peek } = list.search;
  const title = trail === 'tenant' ? t(($) => $.title) : t(($) => $.platform_title);
  useTitle(title);
  return (
    <>
      <PageHeader title={title} line={trail === 'tenant' ? t(($) => $.lead) : t(($) => $.platform_lead)} />
      <Tabs trail={trail} search={list.search} />
      {tab === 'check' ? <VerifyCard trail={trail} onOpen={list.open} /> : tab === 'files' && trail === 'tenant' ? <FilesCard list={list} /> : <EntriesCard list={list} title={title} />}
      {peek === '' ? null : <PeekedEntry id={peek} list={list} />}
    </>
  );
}

/** Each part has an address; filters go along, since a file is made of what they leave. */
function Tabs({ trail, search }: { trail: Trail; search: AuditSearch }) {
  const t = useTexts('audit');
  const to = trail === 'tenant' ? '/audit' : '/platform-audit';
  // Files are made of a tenant's trail alone.
  const tabs = trail === 'tenant' ? (['', 'check', 'files'] as const) : (['', 'check'] as const);
  return (
    <TabLinks label={t(($) => $.tabs.label)}>
      {tabs.map((of) => (
        <Link key={of} to={to} aria-current={of === search.tab ? 'page' : undefined} search={{ ...search, tab: of, peek: '', cursor: '' }} activeOptions={{ exact: true, includeSearch: true }}>
          {t(($) => $.tabs[of === '' ? 'trail' : of])}
        </Link>
      ))}
    </TabLinks>
  );
}
