import { memo, useState } from 'react';
import { IconButton } from '../action-button.tsx';
import { CopyButton } from '../copyable.tsx';
import { WrapIcon } from '../icons.tsx';
import type { Line } from './highlight.ts';
import { useColour } from './use-colour.ts';
import { useRoom } from './use-room.ts';

const MAX_LABEL = 24;

const CodeLine = memo(function CodeLine({ line }: { line: Line }) {
  return (
    <>
      {line.map((piece, key) => (piece.tone === '' ? piece.text : <span key={key} className={`tone-${piece.tone}`}>{piece.text}</span>))}
      {'\n'}
    </>
  );
});

/** Code with the name of its language, a button to copy it and one to wrap its lines. */
export function CodeBlock({ code, info }: { code: string; info: string }) {
  const { texts } = useRoom();
  const [wrapped, setWrapped] = useState(false);
  const lines = useColour(code, info);
  const label = (info.trim().split(/\s/, 1)[0] ?? '').slice(0, MAX_LABEL);
  return (
    <figure className="md-block">
      <figcaption className="md-block-head">
        <span className="md-block-label">{label || texts.code}</span>
        <IconButton label={wrapped ? texts.unwrap : texts.wrap} aria-pressed={wrapped} onClick={() => setWrapped(!wrapped)}><WrapIcon size={15} /></IconButton>
        <CopyButton text={code} copyText={texts.copy} copiedText={texts.copied} />
      </figcaption>
      <pre className={wrapped ? 'md-pre is-wrapped' : 'md-pre'} tabIndex={0}>
        <code>{lines ? lines.map((line, key) => <CodeLine key={key} line={line} />) : code}</code>
      </pre>
    </figure>
  );
}
