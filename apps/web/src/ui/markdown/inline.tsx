import type { Token, Tokens } from 'marked';
import type { ReactNode } from 'react';
import { ImageIcon } from '../icons.tsx';
import { decodeReferences, findAddress } from './address.ts';
import { Formula } from './formula.tsx';
import { OutgoingLink } from './outgoing-link.tsx';
import { TaskBox } from './task-box.tsx';
import { useRoom } from './use-room.ts';

function Image({ token, inLink }: { token: Tokens.Image; inLink: boolean }) {
  const { texts } = useRoom();
  const address = findAddress(decodeReferences(token.href));
  const name = decodeReferences(token.text) || token.href;
  // Never loaded: fetching a remote image tells a stranger who reads this, and when.
  const shown = <><ImageIcon size={14} className="md-image-icon" /> {texts.image} {name}</>;
  return address && !inLink ? <OutgoingLink address={address}>{shown}</OutgoingLink> : <span>{shown}</span>;
}

function renderLink(token: Tokens.Link, key: number, inLink: boolean): ReactNode {
  const address = findAddress(token.autolink === true ? token.href : decodeReferences(token.href));
  const children = token.autolink === true ? token.text : renderInline(token.tokens, true);
  return address && !inLink ? <OutgoingLink key={key} address={address}>{children}</OutgoingLink> : <span key={key}>{children}</span>;
}

function renderText(token: Tokens.Text | Tokens.Escape | Tokens.Generic, inLink: boolean): ReactNode {
  if ('tokens' in token && token.tokens) return renderInline(token.tokens, inLink);
  return token.type === 'escape' || ('escaped' in token && token.escaped === true) ? String(token['text']) : decodeReferences(String(token['text']));
}

function renderToken(token: Token, key: number, inLink: boolean): ReactNode {
  const inner = () => renderInline(('tokens' in token && token.tokens) || [], inLink);
  switch (token.type) {
    case 'strong':
      return <strong key={key}>{inner()}</strong>;
    case 'em':
      return <em key={key}>{inner()}</em>;
    case 'del':
      return <del key={key}>{inner()}</del>;
    case 'codespan':
      return <code key={key} className="md-code">{String(token['text'])}</code>;
    case 'br':
      return <br key={key} />;
    case 'link':
      return renderLink(token as Tokens.Link, key, inLink);
    case 'image':
      return <Image key={key} token={token as Tokens.Image} inLink={inLink} />;
    case 'math':
      return <Formula key={key} tex={String(token['tex'])} display={token['display'] === true} />;
    case 'checkbox':
      return <TaskBox key={key} done={token['checked'] === true} />;
    case 'html':
      // A line break is the one tag that models need inside tables; every other tag is shown as the letters it is.
      return /^<br\s*\/?>$/i.test(token.raw.trim()) ? <br key={key} /> : token.raw;
    default:
      return renderText(token, inLink);
  }
}

/** Inline tokens to React nodes: text, and elements from a fixed list with no attribute taken from the text. */
export function renderInline(tokens: readonly Token[], inLink = false): ReactNode[] {
  return tokens.map((token, key) => renderToken(token, key, inLink));
}
