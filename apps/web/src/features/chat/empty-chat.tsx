import { Link } from '@tanstack/react-router';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { paths } from '../../app/paths.ts';
import { useCan } from '../../session/session-store.ts';
import { ArrowUpIcon } from '../../ui/icons.tsx';

/** Nobody can answer: says who can change that, and leads there whoever may. */
export function NoModel() {
  const t = useTexts('chat');
  const governs = useCan('suppliers.write');
  return (
    <div className="chat-no-model" role="status">
      <p className="chat-note-title">{t(($) => $.no_model.title)}</p>
      <p className="chat-muted">{governs ? t(($) => $.no_model.admin) : t(($) => $.no_model.member)}</p>
      {governs ? <Link className="ui-button is-primary is-middle" {...paths.addSupplier()}>{t(($) => $.no_model.action)}</Link> : null}
    </div>
  );
}

/** Three beginnings the chosen model can really answer; the demo's show what the page can draw. */
function useStarters(demo: boolean): { words: string; sent: string }[] {
  const t = useTexts('chat');
  if (!demo) return [t(($) => $.starters.explain), t(($) => $.starters.write), t(($) => $.starters.review)].map((words) => ({ words, sent: words }));
  const [about, markdown, code] = [t(($) => $.starters.demo_about), t(($) => $.starters.demo_markdown), t(($) => $.starters.demo_code)];
  return [
    { words: about, sent: about },
    { words: markdown, sent: `${markdown} demo:markdown` },
    { words: code, sent: `${code} demo:code` },
  ];
}

/** A chat before its first message: one question, three starters. */
export function EmptyChat({ demo, disabled, onStart }: { demo: boolean; disabled: boolean; onStart: (text: string) => unknown }) {
  const t = useTexts('chat');
  const starters = useStarters(demo);
  return (
    <div className="chat-empty">
      <h1 className="chat-question">{t(($) => $.empty.question)}</h1>
      <p className="chat-muted">{demo ? t(($) => $.empty.hint_demo) : t(($) => $.empty.hint)}</p>
      <ul className="chat-starters">
        {starters.map(({ words, sent }) => (
          <li key={words}>
            <button type="button" disabled={disabled} onClick={() => onStart(sent)}>
              <span>{words}</span>
              <ArrowUpIcon size={14} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
