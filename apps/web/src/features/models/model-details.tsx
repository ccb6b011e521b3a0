import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ModelPrice, TenantModel } from '@lyss/api-types';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { Time } from '../../app/list/time.tsx';
import { useCopyTexts } from '../../app/list/use-copy-texts.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { Money } from '../../ui/figure/figure.tsx';
import { Facts } from '../../ui/list/peek-panel.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { SkeletonText } from '../../ui/states/skeleton.tsx';
import { modelCost, priceHistory } from './api.ts';
import { useAudience } from './model-columns.tsx';
import { useDescribePrice } from './price-text.tsx';
import { useSuppliers } from './use-supplier-name.ts';
import './models.css';

/** All there is to see of one model. */
export function ModelDetails({ row }: { row: TenantModel }) {
  const t = useTexts('models');
  const audience = useAudience();
  const copy = useCopyTexts();
  const { nameOf } = useSuppliers();
  const credentials = row.credentials.map(({ name, enabled }) => (enabled ? name : `${name} (${t(($) => $.peek.credential_off)})`)).join(' · ');
  return (
    <>
      <Facts
        facts={[
          [t(($) => $.column.provider), nameOf(row.provider)],
          [t(($) => $.peek.supplier_name), <Copyable key="name" text={row.name} mono {...copy} />],
          [t(($) => $.peek.aliases), row.aliases.length > 0 ? <span key="aliases" className="mono">{row.aliases.join(' · ')}</span> : t(($) => $.peek.none)],
          [t(($) => $.column.offered), row.offered ? t(($) => $.filter.yes) : t(($) => $.filter.no)],
          [t(($) => $.column.roles), audience(row)],
          [t(($) => $.peek.credentials), credentials],
          ...usePriceFacts(row),
          ...useAbilityFacts(row),
          [t(($) => $.column.last_used_at), row.last_used_at ? <Time key="used" at={row.last_used_at} /> : t(($) => $.never)],
          [t(($) => $.peek.cost), <Cost key="cost" id={row.id} />],
          [t(($) => $.peek.id), <Copyable key="id" text={row.id} mono {...copy} />],
        ]}
      />
      <h3 className="models-subhead">{t(($) => $.peek.history)}</h3>
      <History id={row.id} />
    </>
  );
}

function usePriceFacts(row: TenantModel): [string, ReactNode][] {
  const t = useTexts('models');
  const describe = useDescribePrice();
  return [
    [t(($) => $.peek.price), <span key="price">{describe(row.price)} <small className="models-unknown">{t(($) => $.per_million)}</small></span>],
    ...(row.own_price ? [[t(($) => $.peek.own), describe(row.own_price)] satisfies [string, ReactNode]] : []),
    [t(($) => $.peek.catalogue), describe(row.catalogue_price)],
  ];
}

function useAbilityFacts(row: TenantModel): [string, ReactNode][] {
  const t = useTexts('models');
  const locale = useLanguage();
  const say = (tokens: number | null) => (tokens === null ? t(($) => $.unknown) : t(($) => $.peek.tokens, { tokens: new Intl.NumberFormat(locale).format(tokens) }));
  return [
    [t(($) => $.column.context_window), say(row.context_window)],
    [t(($) => $.peek.max_output), say(row.max_output_tokens)],
    [t(($) => $.peek.capabilities), row.capabilities.length > 0 ? row.capabilities.map((one) => t(($) => $.capability[one])).join(' · ') : t(($) => $.peek.none)],
  ];
}

function Cost({ id }: { id: string }) {
  const t = useTexts('models');
  const locale = useLanguage();
  const { data } = useQuery(modelCost(id));
  if (!data) return '–';
  return (
    <span>
      <Money {...data.cost} locale={locale} /> · {t(($) => $.peek.requests, { count: data.requests })}
      {data.unpriced > 0 ? ` · ${t(($) => $.peek.unpriced, { count: data.unpriced })}` : null}
    </span>
  );
}

function History({ id }: { id: string }) {
  const t = useTexts('models');
  const { data, error } = useQuery(priceHistory(id));
  if (error) return <InlineError>{error.message}</InlineError>;
  if (!data) return <SkeletonText lines={2} />;
  if (data.items.length === 0) return <p className="models-unknown">{t(($) => $.peek.history_none)}</p>;
  return <ol className="models-history">{data.items.map((entry) => <Entry key={entry.id} entry={entry} />)}</ol>;
}

function Entry({ entry: { price, by, created_at } }: { entry: ModelPrice }) {
  const t = useTexts('models');
  const describe = useDescribePrice();
  return (
    <li>
      <span>{price ? describe(price) : t(($) => $.peek.history_back)}</span>
      <small className="models-unknown"><Time at={created_at} />{by ? ` · ${t(($) => $.peek.by, { name: by.name })}` : null}</small>
    </li>
  );
}
