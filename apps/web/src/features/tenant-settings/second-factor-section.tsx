import { Link } from '@tanstack/react-router';
import type { OwnTenant, SecondFactorDemand } from '@lyss/api-types';
import { ChoiceField } from '../../app/form/choice-field.tsx';
import { Section } from '../../app/form/section.tsx';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { paths } from '../../app/paths.ts';
import { useCan, useMe } from '../../session/session-store.ts';

interface SecondFactorSectionProps {
  without: OwnTenant['without_second_factor'];
  value: SecondFactorDemand;
  saved: SecondFactorDemand;
  onValue: (value: SecondFactorDemand) => void;
}

const demands = ['none', 'admins', 'everyone'] as const satisfies readonly SecondFactorDemand[];

/** Who must have a second factor, and what that means for those who have none before it is saved. */
export function SecondFactorSection({ without, value, saved, onValue }: SecondFactorSectionProps) {
  const t = useTexts('tenant-settings');
  const { second_factor } = useMe();
  const options = demands.map((demand) => ({ value: demand, label: t(($) => $.second_factor[demand]) }));
  const stricter = demands.indexOf(value) > demands.indexOf(saved);
  return (
    <Section title={t(($) => $.second_factor.title)} line={t(($) => $.second_factor.line)}>
      <div className="form-stack">
        <ChoiceField label={t(($) => $.second_factor.label)} value={value} options={options} onValue={onValue} />
        {value === 'none' ? null : (
          <div className="form-line" role="status">
            {stricter ? <p>{t(($) => $.second_factor.means)}</p> : null}
            {stricter && !second_factor.enrolled ? <p>{t(($) => $.second_factor.yourself)} <Link {...paths.secondFactor()}>{t(($) => $.second_factor.set_up)}</Link></p> : null}
            <Without demand={value} without={without} />
          </div>
        )}
      </div>
    </Section>
  );
}

/** How many have none of those of whom it is demanded; whoever may see the people is led to them. Of admins alone there is no such list. */
function Without({ demand, without }: { demand: 'admins' | 'everyone'; without: OwnTenant['without_second_factor'] }) {
  const t = useTexts('tenant-settings');
  const may = useCan('users.read');
  const count = without[demand];
  if (count === 0) return <p>{t(($) => $.second_factor.nobody[demand])}</p>;
  return <p>{t(($) => $.second_factor.missing[demand], { count })}{may && demand === 'everyone' ? <> · <Link {...paths.withoutSecondFactor()}>{t(($) => $.second_factor.who)}</Link></> : null}</p>;
}
