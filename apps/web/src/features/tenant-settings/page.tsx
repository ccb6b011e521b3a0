import { useQuery } from '@tanstack/react-query';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useTitle } from '../../app/use-title.ts';
import { PageHeader } from '../../ui/list/page-header.tsx';
import { SkeletonForm, Waiting } from '../../ui/states/skeleton.tsx';
import { ErrorState } from '../../ui/states/state.tsx';
import { ownTenant } from './api.ts';
import { Archives } from './archives/archives.tsx';
import { LogoSection } from './logo/logo-section.tsx';
import { PlanSection } from './plan-section.tsx';
import { SettingsForm } from './settings-form.tsx';

export default function Page() {
  const t = useTexts('tenant-settings');
  const frame = useTexts('app');
  const tenant = useQuery(ownTenant);
  useTitle(t(($) => $.title));
  return (
    <div className="form-page">
      <PageHeader title={t(($) => $.title)} line={t(($) => $.line)} />
      <Waiting waiting={tenant.isPending} label={t(($) => $.waiting)} skeleton={<SkeletonForm fields={5} />}>
        {tenant.data ? (
          <>
            <PlanSection tenant={tenant.data} />
            <LogoSection tenant={tenant.data} />
            <SettingsForm tenant={tenant.data} />
            <Archives />
          </>
        ) : null}
        {tenant.error && !tenant.data ? (
          <ErrorState
            title={t(($) => $.failed)}
            message={tenant.error.message}
            requestId={tenant.error.request_id}
            requestIdLabel={frame(($) => $.route.request_id)}
            copyText={frame(($) => $.actions.copy)}
            copiedText={frame(($) => $.actions.copied)}
            retryText={frame(($) => $.actions.retry)}
            retrying={tenant.isFetching}
            onRetry={() => void tenant.refetch()}
          />
        ) : null}
      </Waiting>
    </div>
  );
}
