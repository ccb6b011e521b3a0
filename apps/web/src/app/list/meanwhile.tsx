import { Facts } from '../../ui/list/peek-panel.tsx';
import './list-view.css';

/** What somebody else saved while an edit was open: each value that changed, before and now. Read out when it appears. */
export function Meanwhile({ changes }: { changes: readonly (readonly [label: string, from: string, to: string])[] }) {
  const facts = changes.filter(([, from, to]) => from !== to).map(([label, from, to]) => [label, <Change key={label} from={from} to={to} />] as const);
  return <div className="list-meanwhile" role="status">{facts.length > 0 ? <Facts facts={facts} /> : null}</div>;
}

function Change({ from, to }: { from: string; to: string }) {
  return <><del>{from || '—'}</del> → <ins>{to || '—'}</ins></>;
}
