import { useState } from 'react';
import type { Tenant } from '@lyss/api-types';
import { SelectField, TextField } from '../../app/form/field.tsx';
import { Section } from '../../app/form/section.tsx';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { TrailLinks } from '../../app/trail-link.tsx';
import { RetentionField } from './retention-field.tsx';

export type PolicyDraft = Pick<Tenant, 'password_policy' | 'session_policy' | 'retention' | 'audit_retention_days'>;
interface PolicyProps {
  tenant: Tenant;
  draft: PolicyDraft;
  change: (part: Partial<PolicyDraft>) => void;
}

const HOUR = 60;
const DAY = 24 * HOUR;
const LENGTHS = [15, 16, 18, 20, 24, 32];
const IDLE = [15, 30, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR];
const ABSOLUTE = [HOUR, 4 * HOUR, 8 * HOUR, 12 * HOUR, DAY, 3 * DAY];

/** What the tenant asks of passwords and sessions, and how long it keeps what. */
export function PolicySections(props: PolicyProps) {
  const t = useTexts('tenant-settings');
  return (
    <>
      <Section title={t(($) => $.password.title)} line={t(($) => $.password.line)}>
        <PasswordFields {...props} />
      </Section>
      <Section title={t(($) => $.session.title)} line={t(($) => $.session.line)}>
        <SessionFields {...props} />
      </Section>
      <Section title={t(($) => $.kept.title)} line={t(($) => $.kept.line)}>
        <KeptFields {...props} />
      </Section>
    </>
  );
}

function PasswordFields({ tenant, draft: { password_policy }, change }: PolicyProps) {
  const t = useTexts('tenant-settings');
  // As it is typed: a comma at the end begins the next word.
  const [words, setWords] = useState(password_policy.blocked_words.join(', '));
  const lengths = withSaved(LENGTHS, tenant.password_policy.min_length).map((count) => ({ value: String(count), label: t(($) => $.password.characters, { count }) }));
  const type = (typed: string) => {
    setWords(typed);
    change({ password_policy: { ...password_policy, blocked_words: typed.split(/[,，、]/).map((word) => word.trim()).filter((word) => word !== '') } });
  };
  return (
    <div className="form-stack">
      <SelectField label={t(($) => $.password.min_length)} value={String(password_policy.min_length)} options={lengths} onValue={(value) => change({ password_policy: { ...password_policy, min_length: Number(value) } })} />
      <TextField label={t(($) => $.password.words)} hint={t(($) => $.password.words_hint)} value={words} autoComplete="off" spellCheck={false} onValue={type} />
    </div>
  );
}

function SessionFields({ tenant, draft: { session_policy }, change }: PolicyProps) {
  const t = useTexts('tenant-settings');
  const say = (minutes: number) => (minutes % DAY === 0 ? t(($) => $.days, { count: minutes / DAY }) : minutes % HOUR === 0 ? t(($) => $.session.hours, { count: minutes / HOUR }) : t(($) => $.session.minutes, { count: minutes }));
  const list = (offered: number[], saved: number | null, longest: string) => [{ value: '', label: longest }, ...withSaved(offered, saved).map((minutes) => ({ value: String(minutes), label: say(minutes) }))];
  const read = (value: string) => (value === '' ? null : Number(value));
  const saved = tenant.session_policy;
  return (
    <div className="form-stack">
      <SelectField label={t(($) => $.session.idle)} value={String(session_policy.idle_minutes ?? '')} options={list(IDLE, saved.idle_minutes, t(($) => $.session.idle_longest))} onValue={(value) => change({ session_policy: { ...session_policy, idle_minutes: read(value) } })} />
      <SelectField label={t(($) => $.session.absolute)} value={String(session_policy.absolute_minutes ?? '')} options={list(ABSOLUTE, saved.absolute_minutes, t(($) => $.session.absolute_longest))} onValue={(value) => change({ session_policy: { ...session_policy, absolute_minutes: read(value) } })} />
    </div>
  );
}

function KeptFields({ tenant, draft: { retention, audit_retention_days }, change }: PolicyProps) {
  const t = useTexts('tenant-settings');
  const saved = tenant.retention;
  return (
    <div className="form-stack">
      <RetentionField label={t(($) => $.kept.conversations)} hint={t(($) => $.kept.conversations_hint)} days={retention.conversations_days} saved={saved.conversations_days} onDays={(conversations_days) => change({ retention: { ...retention, conversations_days } })} />
      <RetentionField label={t(($) => $.kept.sessions)} hint={t(($) => $.kept.sessions_hint)} days={retention.sessions_days} saved={saved.sessions_days} onDays={(sessions_days) => change({ retention: { ...retention, sessions_days } })} />
      <RetentionField label={t(($) => $.retention)} hint={t(($) => $.retention_hint)} days={audit_retention_days} saved={tenant.audit_retention_days} onDays={(days) => change({ audit_retention_days: days })} />
      <TrailLinks type="tenant" id={tenant.id} />
    </div>
  );
}

const withSaved = (offered: number[], saved: number | null) => [...new Set([...offered, ...(saved === null ? [] : [saved])])].toSorted((a, b) => a - b);
