import { supplierFailureKinds } from '@lyss/api-types/error';
import { FailureNote } from '../../app/connection/failure-note.tsx';
import { readFormError } from '../../app/form/use-field-errors.ts';
import { useTexts } from '../../app/i18n/use-texts.ts';
import type { ApiFailure } from '../../api/client.ts';
import { readReason } from '../../api/failure.ts';
import { InlineError } from '../../ui/states/banner.tsx';

/** That nothing was saved, and why where neither the fields nor the steps of the test say it. */
export function SupplierProblem({ refused, failure }: { refused: boolean; failure: ApiFailure | null }) {
  const words = useTexts('suppliers');
  const kind = supplierFailureKinds.find((known) => known === failure?.details?.['kind']);
  if (refused) return <InlineError>{words(($) => $.form.problem)}</InlineError>;
  if (failure && readReason(failure) === 'name_taken') return <InlineError>{words(($) => $.issue.name_taken)}</InlineError>;
  if (kind === undefined) return <InlineError>{readFormError(failure, ['base_url', 'api_key'])}</InlineError>;
  return (
    <div role="alert">
      <p className="ui-inline-error">{words(($) => $.form.problem)}</p>
      <FailureNote kind={kind} requestId={failure?.request_id} />
    </div>
  );
}
