import { useEffect, useState } from 'react';
import { IconButton } from './action-button.tsx';
import { writeClipboard } from './clipboard.ts';
import { CheckIcon, CopyIcon } from './icons.tsx';
import './parts.css';

const FEEDBACK_MS = 1600;

interface CopyButtonProps {
  /** What is copied; a function where making it costs something. */
  text: string | (() => string);
  copyText: string;
  copiedText: string;
  size?: number;
}

/** Copies, and says so in its place for a moment, to eyes and to screen readers. */
export function CopyButton({ text, copyText, copiedText, size = 15 }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), FEEDBACK_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => setCopied(await writeClipboard(typeof text === 'string' ? text : text()));
  return (
    <>
      <IconButton
        label={copied ? copiedText : copyText}
        className={copied ? 'is-done' : ''}
        onClick={(event) => {
          event.stopPropagation();
          void copy();
        }}
      >
        {copied ? <CheckIcon size={size} /> : <CopyIcon size={size} />}
      </IconButton>
      <span role="status" className="visually-hidden">{copied ? copiedText : ''}</span>
    </>
  );
}

interface CopyableProps {
  text: string;
  /** What is seen where it is not the text itself. */
  shown?: string;
  copyText: string;
  copiedText: string;
  mono?: boolean;
}

/** A text with a copy button beside it. */
export function Copyable({ text, shown, copyText, copiedText, mono = false }: CopyableProps) {
  return (
    <span className="ui-copyable">
      <span className={mono ? 'mono' : undefined}>{shown ?? text}</span>
      <CopyButton text={text} copyText={copyText} copiedText={copiedText} size={13} />
    </span>
  );
}
