import { useTexts } from '../../../app/i18n/use-texts.ts';
import { useTitle } from '../../../app/use-title.ts';
import { PageHeader } from '../../../ui/list/page-header.tsx';
import { PeekedRequest } from './peeked-request.tsx';
import { RequestsCard } from './requests-card.tsx';
import { useRequests } from './use-requests.ts';
import './requests.css';

export default function Page() {
  const t = useTexts('usage');
  const list = useRequests();
  const { peek } = list.search;
  useTitle(t(($) => $.requests.title));
  return (
    <>
      <PageHeader title={t(($) => $.requests.title)} line={t(($) => $.requests.lead)} />
      <RequestsCard list={list} />
      {peek === '' ? null : <PeekedRequest key={peek} id={peek} list={list} />}
    </>
  );
}
