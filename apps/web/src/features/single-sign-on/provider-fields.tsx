import type { SsoConnection } from '@lyss/api-types';
import { Field, TextField } from '../../app/form/field.tsx';
import { Section } from '../../app/form/section.tsx';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { CopyButton } from '../../ui/copyable.tsx';
import { StatusDot } from '../../ui/list/status-dot.tsx';
import { SecretInput } from '../../ui/secret-input.tsx';
import { domainTones } from './domain-tones.ts';
import type { Draft } from './draft.ts';

interface ProviderFieldsProps {
  draft: Draft;
  saved: SsoConnection | null;
  redirect_uri: string;
  errors: Record<string, string>;
  change: (part: Partial<Draft>) => void;
}

/** Where the provider is, what we are called there, and whose addresses it signs in. */
export function ProviderFields({ draft, saved, redirect_uri, errors, change }: ProviderFieldsProps) {
  const t = useTexts('single-sign-on');
  const frame = useTexts('app');
  const domainError = Object.entries(errors).find(([path]) => path.startsWith('domains'))?.[1];
  return (
    <>
      <Section title={t(($) => $.provider.title)} line={t(($) => $.provider.line)}>
        <div className="form-stack">
          <div className="form-field"><span>{t(($) => $.provider.redirect)}</span><span className="sso-address"><code>{redirect_uri}</code> <CopyButton text={redirect_uri} copyText={frame(($) => $.actions.copy)} copiedText={frame(($) => $.actions.copied)} /></span></div>
          <TextField label={t(($) => $.provider.issuer)} hint={t(($) => $.provider.issuer_hint)} type="url" inputMode="url" className="mono" value={draft.issuer} error={errors['issuer']} onValue={(issuer) => change({ issuer })} />
          <TextField label={t(($) => $.provider.client_id)} className="mono" value={draft.client_id} error={errors['client_id']} onValue={(client_id) => change({ client_id })} />
          <Field label={t(($) => $.provider.secret)} hint={saved ? t(($) => $.provider.secret_kept, { hint: saved.secret_hint }) : undefined} error={errors['client_secret']}>
            {({ id, ...described }) => <SecretInput id={id} value={draft.client_secret} invalid={described['aria-invalid'] ?? false} {...(described['aria-describedby'] ? { describedBy: described['aria-describedby'] } : {})} showText={t(($) => $.provider.show)} hideText={t(($) => $.provider.hide)} onChange={(client_secret) => change({ client_secret })} />}
          </Field>
          <TextField label={t(($) => $.provider.scopes)} hint={t(($) => $.provider.scopes_hint)} className="mono" value={draft.scopes} error={errors['scopes']} onValue={(scopes) => change({ scopes })} />
        </div>
      </Section>
      <Section title={t(($) => $.domains.title)} line={t(($) => $.domains.line)}>
        <div className="form-stack">
          <TextField label={t(($) => $.domains.label)} hint={t(($) => $.domains.hint)} className="mono" value={draft.domains} error={domainError} onValue={(domains) => change({ domains })} />
          {saved ? (
            <ul className="sso-domains">
              {saved.domains.map(({ id, domain, state }) => <li key={id}><code>{domain}</code><StatusDot tone={domainTones[state]}>{t(($) => $.domains.state[state])}</StatusDot></li>)}
            </ul>
          ) : null}
        </div>
      </Section>
    </>
  );
}
