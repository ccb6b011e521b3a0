import { useEffect, useState } from 'react';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { visitorPaths } from '../../app/paths.ts';
import { useTitle } from '../../app/use-title.ts';
import { VisitorFrame } from '../../app/visitor/visitor-frame.tsx';
import { VisitorLink } from '../../app/visitor/visitor-link.tsx';
import { call } from '../../api/client.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { AskForm } from './ask-form.tsx';
import { readTypedEmail } from './typed-email.ts';

/** False once the server has said that it sends no letters. */
function useSendsMail(): boolean {
  const [sends, setSends] = useState(true);
  useEffect(() => void call('setup.read').then(({ mail }) => setSends(mail), () => undefined), []);
  return sends;
}

/** Asks for a link by letter. What is said afterwards is the same whether the address is known or not. */
export default function Page() {
  const t = useTexts('forgotten-password');
  const [typed, setTyped] = useState({ email: readTypedEmail(), workspace: '' });
  const [sent, setSent] = useState(false);
  const sends = useSendsMail();
  useTitle(t(($) => $.ask.title));
  return (
    <VisitorFrame>
      {!sends ? (
        <section className="visitor-form">
          <h1>{t(($) => $.by_hand.title)}</h1>
          <p className="visitor-line">{t(($) => $.by_hand.line)}</p>
        </section>
      ) : sent ? (
        <section className="visitor-form" role="status">
          <h1>{t(($) => $.sent.title)}</h1>
          <p className="visitor-line">{t(($) => $.sent.line, { email: typed.email.trim() })}</p>
          <p className="visitor-line">{t(($) => $.sent.hint)}</p>
          <ActionButton size="large" onClick={() => setSent(false)}>{t(($) => $.sent.again)}</ActionButton>
        </section>
      ) : (
        <AskForm typed={typed} onType={(part) => setTyped({ ...typed, ...part })} onSent={() => setSent(true)} />
      )}
      <VisitorLink to={visitorPaths.sign_in}>{t(($) => $.sign_in)}</VisitorLink>
    </VisitorFrame>
  );
}
