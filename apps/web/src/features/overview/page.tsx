import { useState } from 'react';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { Figures } from '../../app/usage/figures.tsx';
import { useTitle } from '../../app/use-title.ts';
import { useMe } from '../../session/session-store.ts';
import { useZone } from '../../session/use-zone.ts';
import { PageHeader } from '../../ui/list/page-header.tsx';
import { listSteps, useFigures, useProgress } from './api.ts';
import { Attention, useBudgetsNearEnd } from './attention.tsx';
import { Checklist } from './checklist.tsx';
import { Entries } from './entries.tsx';
import { readDaytime } from './greeting.ts';
import './overview.css';

export default function Page() {
  const t = useTexts('overview');
  const me = useMe();
  const [now] = useState(() => new Date());
  const daytime = readDaytime(now, useZone());
  const progress = useProgress(listSteps(me));
  const near_end = useBudgetsNearEnd();
  const figures = useFigures(me.permissions.includes('usage.read'));
  const ready = progress !== undefined && near_end !== undefined && figures !== undefined;
  useTitle(t(($) => $.title));
  return (
    <>
      <PageHeader title={t(($) => $.greetings[daytime], { name: me.name })} line={t(($) => $.line, { tenant: me.tenant.name })} />
      {/* Together: what comes first would push what was read already. */}
      {ready && figures !== null ? <Figures {...figures} isCompared /> : null}
      <div className="overview" aria-busy={!ready}>
        {ready ? <><Attention budgets={near_end} /><Checklist progress={progress} /><Entries /></> : null}
      </div>
    </>
  );
}
