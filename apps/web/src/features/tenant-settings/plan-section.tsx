import type { Tenant } from '@lyss/api-types';
import { Section } from '../../app/form/section.tsx';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { formatBytes } from '../../ui/figure/format-figure.ts';
import { Facts } from '../../ui/list/peek-panel.tsx';

/** What the plan lets the tenant use, and what it uses; the operator says how much. */
export function PlanSection({ tenant: { used, limits } }: { tenant: Tenant }) {
  const t = useTexts('tenant-settings');
  const locale = useLanguage();
  const count = (value: number) => new Intl.NumberFormat(locale).format(value);
  const size = (value: number) => formatBytes(value, locale);
  const say = (value: number, limit: number | null, write: (value: number) => string) => (limit === null ? t(($) => $.plan.free, { used: write(value) }) : t(($) => $.plan.used, { used: write(value), limit: write(limit) }));
  return (
    <Section title={t(($) => $.plan.title)} line={t(($) => $.plan.line)}>
      <Facts
        facts={[
          [t(($) => $.plan.seats), say(used.seats, limits.seats, count)],
          [t(($) => $.plan.api_keys), say(used.api_keys, limits.api_keys, count)],
          [t(($) => $.plan.storage), say(used.storage_bytes, limits.storage_bytes, size)],
          [t(($) => $.plan.requests), limits.requests_per_minute === null ? t(($) => $.plan.none) : count(limits.requests_per_minute)],
        ]}
      />
    </Section>
  );
}
