import { useTexts } from '../../app/i18n/use-texts.ts';
import { Section } from '../../app/form/section.tsx';
import { StatusDot } from '../../ui/list/status-dot.tsx';
import { useRoleOptions } from './role-fields.tsx';
import type { TestOutcome } from './last-test.ts';

/** What the provider said in the last test, and what would have come of it. Gone with the page. */
export function TestResult({ outcome }: { outcome: TestOutcome }) {
  const t = useTexts('single-sign-on');
  const names = useRoleOptions();
  if ('problem' in outcome) return <Section title={t(($) => $.test.title)}><p role="alert">{outcome.problem}</p></Section>;
  const { refusal, user, roles, claims } = outcome.result;
  const nameOf = (id: string, name: string) => names.find(({ value }) => value === id)?.label ?? name;
  return (
    <Section title={t(($) => $.test.title)} line={t(($) => $.test.claims)}>
      <div className="form-stack" role="status">
        <div className="sso-verdict">
          {refusal ? <StatusDot tone="error">{t(($) => $.test.refused, { message: refusal.message })}</StatusDot> : null}
          {user && !refusal ? <StatusDot tone="ok">{user.is_new ? t(($) => $.test.fresh, { name: user.name, email: user.email }) : t(($) => $.test.known, { name: user.name, email: user.email })}</StatusDot> : null}
          {roles.length > 0 ? <p className="form-line">{t(($) => $.test.roles, { roles: roles.map(({ id, name }) => nameOf(id, name)).join(' · ') })}</p> : null}
        </div>
        <table className="sso-claims">
          <thead><tr><th scope="col">{t(($) => $.test.name)}</th><th scope="col">{t(($) => $.test.value)}</th></tr></thead>
          <tbody>{claims.map(({ name, value }) => <tr key={name}><th scope="row"><code>{name}</code></th><td>{value}</td></tr>)}</tbody>
        </table>
      </div>
    </Section>
  );
}
