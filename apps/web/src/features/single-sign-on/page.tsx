import { useQuery } from '@tanstack/react-query';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { TrailLinks } from '../../app/trail-link.tsx';
import { useTitle } from '../../app/use-title.ts';
import { PageHeader } from '../../ui/list/page-header.tsx';
import { connectionQuery } from './api.ts';
import { ConnectionForm } from './connection-form.tsx';
import { readOutcome } from './last-test.ts';
import { Reading } from './reading.tsx';
import { RemoveConnection } from './remove-connection.tsx';
import './single-sign-on.css';
import { TestResult } from './test-result.tsx';

export default function Page() {
  const t = useTexts('single-sign-on');
  const query = useQuery(connectionQuery);
  const outcome = readOutcome();
  useTitle(t(($) => $.title));
  return (
    <div className="form-page">
      <PageHeader title={t(($) => $.title)} line={t(($) => $.line)} />
      {outcome ? <TestResult outcome={outcome} /> : null}
      <Reading query={query} failed={t(($) => $.failed)}>
        {(read) => (
          <>
            <ConnectionForm {...read} />
            {read.connection ? <><TrailLinks type="sso_connection" /><RemoveConnection issuer={read.connection.issuer} /></> : null}
          </>
        )}
      </Reading>
    </div>
  );
}
