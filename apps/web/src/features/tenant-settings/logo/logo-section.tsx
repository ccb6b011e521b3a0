import { useRef, useState } from 'react';
import type { OwnTenant } from '@lyss/api-types';
import type { LogoProblem } from '@lyss/api-types/judge-logo';
import { isStale } from '../../../api/failure.ts';
import { logoAddress } from '../../../api/logo-address.ts';
import { Section } from '../../../app/form/section.tsx';
import { useLanguage, useTexts } from '../../../app/i18n/use-texts.ts';
import { isWordmark, TenantLogo, type ShownLogo } from '../../../app/tenant-logo.tsx';
import { useCan } from '../../../session/session-store.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { InlineError } from '../../../ui/states/banner.tsx';
import { useChangeLogo } from './api.ts';
import { readPicture, type ChosenPicture } from './read-picture.ts';
import { RemoveLogo } from './remove-logo.tsx';
import './logo.css';

const KIB = 1024;

/** How it looks in the frame, and large. */
function Preview({ name, logo, facts }: { name: string; logo: ShownLogo | null; facts: string }) {
  return (
    <div className="logo-preview">
      <span className={logo ? 'logo-large is-drawn' : 'logo-large'}>{logo ? <img src={logo.src} alt="" /> : <TenantLogo name={name} logo={null} />}</span>
      <div>
        <p className="logo-row"><TenantLogo name={name} logo={logo} />{isWordmark(logo) ? null : <span>{name}</span>}</p>
        <p className="form-line">{facts}</p>
      </div>
    </div>
  );
}

function usePicture(forget: () => void) {
  const [chosen, setChosen] = useState<ChosenPicture | null>(null);
  const [problem, setProblem] = useState<LogoProblem | null>(null);
  const latest = useRef<File | null>(null);
  return {
    ...{ chosen, problem },
    clear() {
      latest.current = null;
      setChosen(null);
      setProblem(null);
    },
    async take(file: File | undefined) {
      if (!file) return;
      latest.current = file;
      forget();
      const read = await readPicture(file);
      // Another one was chosen while this one was read.
      if (latest.current !== file) return;
      setChosen(typeof read === 'string' ? null : read);
      setProblem(typeof read === 'string' ? read : null);
    },
  };
}

/** The tenant's logo: chosen, looked at, saved; or taken away. */
export function LogoSection({ tenant }: { tenant: OwnTenant }) {
  const t = useTexts('tenant-settings');
  const locale = useLanguage();
  const may = useCan('settings.write');
  const [removing, setRemoving] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const change = useChangeLogo(tenant.version);
  const { chosen, problem, clear, take } = usePicture(change.reset);
  const { logo, name } = tenant;
  const shown = chosen ?? (logo && { ...logo, src: logoAddress(logo.id) });
  const size = shown && new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(shown.bytes / KIB);
  const facts = shown ? t(($) => $.logo.facts, { width: shown.width, height: shown.height, size: size ?? '' }) : t(($) => $.logo.none);
  const save = () => chosen && change.mutate(chosen.content, { onSuccess: clear });
  const failure = isStale(change.error) ? t(($) => $.stale) : change.error?.message;
  return (
    <Section id="logo" title={t(($) => $.logo.title)} line={t(($) => $.logo.line)}>
      <div className="form-stack">
        <Preview name={name} logo={shown} facts={facts} />
        {may ? (
          <>
            <input ref={picker} type="file" hidden aria-label={t(($) => $.logo.file)} accept="image/png,image/jpeg,image/webp" onChange={(event) => { void take(event.target.files?.[0]); event.target.value = ''; }} />
            <div className="form-actions logo-actions">
              {chosen ? <ActionButton look="primary" pending={change.isPending} onClick={save}>{t(($) => $.logo.save)}</ActionButton> : null}
              <ActionButton disabled={change.isPending} onClick={() => picker.current?.click()}>{chosen || logo ? t(($) => $.logo.replace) : t(($) => $.logo.choose)}</ActionButton>
              {chosen ? <ActionButton look="quiet" disabled={change.isPending} onClick={clear}>{t(($) => $.logo.cancel)}</ActionButton> : null}
              {logo && !chosen ? <ActionButton look="quiet" onClick={() => setRemoving(true)}>{t(($) => $.logo.remove)}</ActionButton> : null}
              <span role="status" className="form-saved">{change.isSuccess ? t(($) => $.saved) : null}</span>
            </div>
            <p className="form-line">{t(($) => $.logo.hint)}</p>
          </>
        ) : null}
        <InlineError>{problem ? t(($) => $.logo.problem[problem]) : removing ? null : failure}</InlineError>
      </div>
      {removing && shown ? <RemoveLogo name={name} logo={shown} pending={change.isPending} error={failure} onConfirm={() => change.mutate(null, { onSuccess: () => setRemoving(false) })} onCancel={() => setRemoving(false)} /> : null}
    </Section>
  );
}
