import { useState } from 'react';
import type { CatalogueSupplier } from '@lyss/api-types';
import { judgeKey, judgeUrl } from '../../app/connection/judge-connection.ts';
import { useFieldErrors } from '../../app/form/use-field-errors.ts';
import { useTexts } from '../../app/i18n/use-texts.ts';
import type { ApiFailure } from '../../api/client.ts';

export type ConnectionDraft = ReturnType<typeof useConnectionDraft>;

/** Address and key as they are typed, and what is wrong with them once somebody tried to send them. */
export function useConnectionDraft(kind: CatalogueSupplier, failure: ApiFailure | null, onChange: () => void) {
  const words = useTexts('suppliers');
  const [base_url, setUrl] = useState(kind.default_base_url ?? '');
  const [api_key, setKey] = useState('');
  const [tried, setTried] = useState(false);
  const said = useFieldErrors(failure);
  const issues = { base_url: judgeUrl(base_url, kind), api_key: judgeKey(api_key, kind) };
  const change = (set: (value: string) => void) => (value: string) => {
    setTried(false);
    set(value);
    onChange();
  };
  const errorOf = (field: keyof typeof issues): string | undefined => {
    const issue = issues[field];
    return tried && issue ? words(($) => $.issue[issue]) : said[field];
  };
  return {
    ...{ base_url, api_key, errorOf },
    sound: issues.base_url === undefined && issues.api_key === undefined,
    mark: () => setTried(true),
    changeUrl: change(setUrl),
    changeKey: change(setKey),
  };
}
