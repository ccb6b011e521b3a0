import { useState } from 'react';
import type { ApiKey } from '@lyss/api-types';
import { useQuery } from '@tanstack/react-query';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useCan } from '../../session/session-store.ts';
import { CopyButton } from '../../ui/copyable.tsx';
import { modelNames } from './api.ts';
import { writeCurlExample, writeGatewayExamples } from './examples.ts';
import './api-keys.css';

/** How a program uses the key: through the model gateway where it may, else a call that every key may make. */
export function KeyExamples({ row }: { row: Pick<ApiKey, 'scopes' | 'models'> }) {
  const t = useTexts('api-keys');
  const is_for_gateway = row.scopes.includes('gateway.use');
  const { data = [] } = useQuery({ ...modelNames(), enabled: useCan('chat.use') && is_for_gateway && row.models === null });
  if (!is_for_gateway) return <Example name={t(($) => $.shown.curl)} code={writeCurlExample(location.origin)} />;
  const model = row.models?.[0] ?? data[0] ?? 'lyss-demo';
  return (
    <>
      <p>{t(($) => $.shown.gateway_line)}</p>
      {writeGatewayExamples(location.origin, model).map(({ language, code }) => <Example key={language} name={t(($) => $.shown[language])} code={code} />)}
    </>
  );
}

/** The same beside a key that was made earlier, where it is asked for. */
export function FoldedExamples({ row }: { row: ApiKey }) {
  const t = useTexts('api-keys');
  const [is_open, setOpen] = useState(false);
  if (row.status !== 'active') return null;
  return (
    <details className="api-keys-folded" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t(($) => $.peek.examples)}</summary>
      {is_open ? <KeyExamples row={row} /> : null}
    </details>
  );
}

function Example({ name, code }: { name: string; code: string }) {
  const t = useTexts('api-keys');
  const frame = useTexts('app');
  return (
    <figure className="api-keys-example">
      <figcaption>{name}<CopyButton text={code} copyText={`${t(($) => $.shown.copy_example)}: ${name}`} copiedText={frame(($) => $.actions.copied)} /></figcaption>
      {/* Long lines scroll, and a keyboard scrolls only what can have the focus. */}
      <pre tabIndex={0} aria-label={name}><code>{code}</code></pre>
    </figure>
  );
}
