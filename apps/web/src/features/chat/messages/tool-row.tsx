import { useState } from 'react';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { ChevronRightIcon } from '../../../ui/icons.tsx';
import { ToolIcon } from '../icons.tsx';
import type { ShownPart } from './message-text.ts';

function indent(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // Not JSON: a tool may answer with anything.
    return text;
  }
}

function Block({ label, text }: { label: string; text: string }) {
  return (
    <>
      <p className="chat-tool-label">{label}</p>
      <pre className="chat-tool-text" tabIndex={0} aria-label={label}>{indent(text)}</pre>
    </>
  );
}

type ToolRowProps = Omit<Extract<ShownPart, { kind: 'tool' }>, 'kind'> & { running: boolean };

/** One tool the model used: a quiet line that opens to what went in and what came out. */
export function ToolRow({ call, result, running }: ToolRowProps) {
  const t = useTexts('chat');
  const [open, setOpen] = useState(false);
  const { name } = call;
  const waiting = running && result === null;
  const words = result?.error !== undefined ? t(($) => $.tools.failed, { name }) : waiting ? t(($) => $.tools.running, { name }) : t(($) => $.tools.done, { name });
  return (
    <div className="chat-fold">
      <button type="button" className="chat-fold-line" aria-expanded={open} onClick={() => setOpen(!open)}>
        <ChevronRightIcon size={13} />
        <ToolIcon size={13} />
        <span className={waiting ? 'chat-breathing' : undefined}>{words}</span>
      </button>
      {open ? (
        <div className="chat-fold-body">
          <Block label={t(($) => $.tools.arguments)} text={call.arguments} />
          {result?.result !== undefined ? <Block label={t(($) => $.tools.result)} text={result.result} /> : null}
          {result?.error !== undefined ? <Block label={t(($) => $.tools.error)} text={result.error} /> : null}
        </div>
      ) : null}
    </div>
  );
}
