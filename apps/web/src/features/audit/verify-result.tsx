import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { useCopyTexts } from '../../app/list/use-copy-texts.ts';
import { Copyable } from '../../ui/copyable.tsx';
import type { Verification } from './use-verification.ts';

const SHOWN = 100;

/** What a check found, in plain words, and the head to note for the next one. */
export function VerifyResult({ result, onOpen }: { result: Verification; onOpen: (id: string) => void }) {
  const t = useTexts('audit');
  const copy = useCopyTexts();
  const figure = new Intl.NumberFormat(useLanguage());
  const { faults, checked, begins_after, head, state } = result;
  const isGood = faults.length === 0;
  const kinds = [...new Set(faults.map(({ kind }) => kind))];
  return (
    <section className={isGood ? 'audit-result is-good' : 'audit-result is-bad'} role="status">
      <h2>{isGood ? t(($) => $.check.good) : t(($) => $.check.bad, { count: faults.length })}</h2>
      {isGood ? <p>{checked === 0 ? t(($) => $.check.empty) : t(($) => $.check.good_line, { checked: figure.format(checked) })}</p> : null}
      {begins_after > 0 ? <p>{t(($) => $.check.begins_after, { count: begins_after })}</p> : null}
      {kinds.map((kind) => <p key={kind}><b>{t(($) => $.check.kind[kind])}</b> {t(($) => $.check.kind_line[kind])}</p>)}
      {isGood ? null : (
        <ul>
          {faults.slice(0, SHOWN).map((fault) => (
            <li key={`${fault.kind} ${fault.seq} ${fault.entry_id}`}>
              <span className="audit-outcome is-failed">{t(($) => $.check.kind[fault.kind])}</span>
              {fault.seq === null ? null : <span className="tabular-nums">{t(($) => $.check.place, { seq: fault.seq })}</span>}
              {fault.entry_id === null ? null : <FoundEntry id={fault.entry_id} gone={fault.kind === 'missing'} onOpen={onOpen} />}
            </li>
          ))}
        </ul>
      )}
      {head && state === 'done' ? (
        <div className="audit-head">
          <h3>{t(($) => $.check.head)}</h3>
          <Copyable text={`${head.seq} ${head.hash}`} mono {...copy} />
          <p className="form-line">{t(($) => $.check.head_hint)}</p>
        </div>
      ) : null}
    </section>
  );
}

function FoundEntry({ id, gone, onOpen }: { id: string; gone: boolean; onOpen: (id: string) => void }) {
  const t = useTexts('audit');
  if (gone) return <span className="mono">{id}</span>;
  return <button type="button" className="ui-text-button" onClick={() => onOpen(id)}>{t(($) => $.check.entry)}</button>;
}
