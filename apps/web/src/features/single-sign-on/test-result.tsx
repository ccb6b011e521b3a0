import { useTexts } from '../../app/i18n/use-texts.ts';
import { Section } from '../../app/form/section.tsx';
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
        {refusal ? <p><strong>{t(($) => $.test.refused, { message: refusal.message })}</strong></p> : null}
        {user && !refusal ? <p>{user.is_new ? t(($) => $.test.fresh, { name: user.name, email: user.email }) : t(($) => $.test.known, { name: user.name, email: user.email })}</p> : null}
        {roles.length > 0 ? <p>{t(($) => $.test.roles, { roles: roles.map(({ id, name }) => nameOf(id, name)).join(' · ') })}</p> : null}
        <table className="sso-claims">
          <thead><tr><th scope="col">{t(($) => $.test.name)}</th><th scope="col">{t(($) => $.test.value)}</th></tr></thead>
          <tbody>{claims.map(({ name, value }) => <tr key={name}><th scope="row"><code>{name}</code></th><td>{value}</td></tr>)}</tbody>
        </table>
      </div>
    </Section>
  );
}
