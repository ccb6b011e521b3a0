import { useTexts } from '../../app/i18n/use-texts.ts';
import { Section } from '../../app/form/section.tsx';
import { SECOND_FACTOR } from '../../app/paths.ts';
import { useTitle } from '../../app/use-title.ts';
import { useCan } from '../../session/session-store.ts';
import { PageHeader } from '../../ui/list/page-header.tsx';
import { DisplayForm } from './display-form.tsx';
import { OwnBudgets } from './budgets/own-budgets.tsx';
import { NameForm } from './name-form.tsx';
import { LooksList } from './looks/looks-list.tsx';
import { SecondFactorSection } from './second-factor/second-factor-section.tsx';
import { PasswordForm } from './security/password-form.tsx';
import { SessionList } from './security/session-list.tsx';

export default function Page() {
  const t = useTexts('profile');
  useTitle(t(($) => $.title));
  const canUse = useCan('chat.use');
  return (
    <div className="form-page">
      <PageHeader title={t(($) => $.title)} line={t(($) => $.line)} />
      <Section title={t(($) => $.account)}><NameForm /></Section>
      {canUse ? <Section title={t(($) => $.budgets.title)} line={t(($) => $.budgets.line)}><OwnBudgets /></Section> : null}
      <Section title={t(($) => $.security.password)} line={t(($) => $.security.password_line)}><PasswordForm /></Section>
      <Section id={SECOND_FACTOR} title={t(($) => $.factors.title)} line={t(($) => $.factors.line)}><SecondFactorSection /></Section>
      <Section title={t(($) => $.security.sessions)} line={t(($) => $.security.sessions_line)}><SessionList /></Section>
      <Section title={t(($) => $.looks.title)} line={t(($) => $.looks.line)}><LooksList /></Section>
      <Section title={t(($) => $.look)} line={t(($) => $.at_once)}><DisplayForm /></Section>
    </div>
  );
}
