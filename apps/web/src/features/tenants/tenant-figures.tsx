import type { OperatorTenant, TenantMonth } from '@lyss/api-types';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { Money } from '../../ui/figure/figure.tsx';
import { formatBytes } from '../../ui/figure/format-figure.ts';
import { StatusDot } from '../../ui/list/status-dot.tsx';

/** What is used of a limit: short in a list, in words where there is room. */
export function UsedOf({ used, limit, bytes = false, whole = false }: { used: number; limit: number | null; bytes?: boolean; whole?: boolean }) {
  const t = useTexts('tenants');
  const locale = useLanguage();
  const say = (value: number) => (bytes ? formatBytes(value, locale) : new Intl.NumberFormat(locale).format(value));
  if (limit === null) return <span className="ui-figure">{whole ? t(($) => $.limits.used_free, { used: say(used) }) : say(used)}</span>;
  return <span className="ui-figure">{whole ? t(($) => $.limits.used_of, { used: say(used), limit: say(limit) }) : `${say(used)} / ${say(limit)}`}</span>;
}

/** The worst that its suppliers are, in a word. */
export function TenantHealth({ suppliers }: { suppliers: OperatorTenant['suppliers'] }) {
  const t = useTexts('tenants');
  const { healthy, failing, untested } = suppliers;
  if (failing > 0) return <StatusDot tone="error">{t(($) => $.health.failing, { count: failing })}</StatusDot>;
  if (healthy > 0) return <StatusDot tone="ok">{t(($) => $.health.healthy, { count: healthy })}</StatusDot>;
  return untested > 0 ? <StatusDot tone="off">{t(($) => $.health.untested, { count: untested })}</StatusDot> : <StatusDot tone="off">{t(($) => $.health.none)}</StatusDot>;
}

/** What a month cost, in each currency that it was counted in: they are never added up. */
export function MonthCosts({ month }: { month: TenantMonth }) {
  const locale = useLanguage();
  if (month.costs.length === 0) return <span className="ui-figure is-missing">–</span>;
  return (
    <span className="tenants-costs">
      {month.costs.map(({ amount, currency }) => <Money key={currency} amount={amount} currency={currency} locale={locale} />)}
    </span>
  );
}
