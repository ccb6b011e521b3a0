import type { Permission } from '@lyss/api-types/permission';
import { isStale } from '../../../api/failure.ts';
import { useAccessWords } from '../../../app/access/use-access-words.ts';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { InlineError } from '../../../ui/states/banner.tsx';
import { describeFailure } from '../place-failure.ts';
import { compare, compareMeanwhile } from './changes.ts';
import type { ChangedRole, RoleChanges } from './use-changes.ts';
import './matrix.css';

/** What is not saved, role by role, with what kept it from being saved; stays in sight below the matrix. */
export function SaveBar({ changed, saving, discard, save }: RoleChanges) {
  const t = useTexts('roles');
  if (changed.length === 0) return null;
  const savable = changed.some(({ now, wanted }) => now !== null && wanted.length > 0);
  return (
    <section className="roles-save" aria-label={t(($) => $.changes.label)}>
      <div className="roles-save-head">
        <b role="status">{t(($) => $.changes.count, { count: changed.length })}</b>
        <ActionButton disabled={saving} onClick={() => changed.forEach(({ id }) => discard(id))}>{t(($) => $.changes.discard)}</ActionButton>
        <ActionButton look="primary" pending={saving} disabled={!savable} onClick={save}>{t(($) => $.changes.save)}</ActionButton>
      </div>
      <ul>{changed.map((role) => <ChangedLine key={role.id} role={role} saving={saving} onDiscard={() => discard(role.id)} />)}</ul>
    </section>
  );
}

function ChangedLine({ role: { change, now, wanted, failure }, saving, onDiscard }: { role: ChangedRole; saving: boolean; onDiscard: () => void }) {
  const t = useTexts('roles');
  const words = useAccessWords();
  const name = words.role(now ?? change.seen);
  const say = (permissions: readonly Permission[]) => permissions.map(words.permission).join(t(($) => $.changes.list));
  const { gained, lost } = compare((now ?? change.seen).permissions, wanted);
  const problem = now === null ? t(($) => $.changes.removed) : wanted.length === 0 ? t(($) => $.changes.empty) : isStale(failure) ? null : describeFailure(failure, t);
  return (
    <li>
      <span className="roles-save-name">{name}</span>
      <span>
        {gained.length > 0 ? <span className="roles-gained">{t(($) => $.changes.gained, { names: say(gained) })}</span> : null}
        {lost.length > 0 ? <span className="roles-lost">{t(($) => $.changes.lost, { names: say(lost) })}</span> : null}
        {/* While saving, what came meanwhile is my own. */}
        {saving ? null : <Meanwhile change={change} now={now} />}
        <InlineError>{problem}</InlineError>
      </span>
      <ActionButton look="quiet" size="small" disabled={saving} aria-label={t(($) => $.changes.discard_named, { name })} onClick={onDiscard}>{t(($) => $.changes.discard)}</ActionButton>
    </li>
  );
}

/** What somebody else did to the role since its changes began. */
function Meanwhile({ change, now }: Pick<ChangedRole, 'change' | 'now'>) {
  const t = useTexts('roles');
  const words = useAccessWords();
  const met = now === null ? null : compareMeanwhile(change, now);
  if (met === null) return null;
  const say = (permissions: readonly Permission[]) => permissions.map(words.permission).join(t(($) => $.changes.list));
  const told = [
    met.gained.length > 0 ? t(($) => $.changes.meanwhile_gained, { names: say(met.gained) }) : null,
    met.lost.length > 0 ? t(($) => $.changes.meanwhile_lost, { names: say(met.lost) }) : null,
    met.renamed === null ? null : t(($) => $.changes.meanwhile_renamed, { name: met.renamed }),
  ].filter((line) => line !== null);
  return (
    <div className="roles-meanwhile" role="alert">
      {t(($) => $.changes.meanwhile)}
      <ul>{(told.length > 0 ? told : [t(($) => $.changes.meanwhile_words)]).map((line) => <li key={line}>{line}</li>)}</ul>
      {t(($) => $.changes.again)}
    </div>
  );
}
