import type { TenantImport } from '@lyss/api-types';
import { useAccessWords } from '../../../app/access/use-access-words.ts';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { InlineError } from '../../../ui/states/banner.tsx';

/** Why an archive was refused, where in it, and what its importer may not give. */
export function ImportProblemText({ problem: { code, file, line, field, needs } }: { problem: NonNullable<TenantImport['problem']> }) {
  const t = useTexts('tenant-settings');
  const words = useAccessWords();
  const at = [file, line === null ? null : t(($) => $.import.at_line, { line }), field].filter((part) => part !== null && part !== '').join(' · ');
  return (
    <>
      <InlineError>{t(($) => $.import.problem[code])}</InlineError>
      {needs.length > 0 ? <p className="form-line">{t(($) => $.import.needs, { names: needs.map(words.permission).join(t(($) => $.import.comma)) })}</p> : null}
      {at === '' ? null : <p className="form-line"><code className="archive-sum">{at}</code></p>}
    </>
  );
}
