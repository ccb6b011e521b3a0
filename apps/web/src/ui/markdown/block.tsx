import type { Token, Tokens } from 'marked';
import type { ReactNode } from 'react';
import { memo } from 'react';
import { CodeBlock } from './code-block.tsx';
import { Formula } from './formula.tsx';
import { levelOf } from './headings.ts';
import { renderInline } from './inline.tsx';
import { TableBlock } from './table-block.tsx';

// By level; the size is the one that its author meant.
const headings = { 3: 'h3', 4: 'h4', 5: 'h5', 6: 'h6' } as Readonly<Record<number, 'h3' | 'h4' | 'h5' | 'h6'>>;

function Heading({ token }: { token: Tokens.Heading }) {
  const Level = headings[levelOf(token)] ?? 'h6';
  return <Level className={`md-h${token.depth}`}>{renderInline(token.tokens)}</Level>;
}

function List({ token }: { token: Tokens.List }) {
  const items = token.items.map((item, key) => <li key={key} className={item.task ? 'is-task' : undefined}>{renderBlocks(item.tokens)}</li>);
  if (!token.ordered) return <ul>{items}</ul>;
  return <ol {...(typeof token.start === 'number' && token.start !== 1 ? { start: token.start } : {})}>{items}</ol>;
}

function renderBlock(token: Token, key: number): ReactNode {
  switch (token.type) {
    case 'space':
    case 'def':
      return null;
    case 'paragraph':
      return <p key={key}>{renderInline(token.tokens ?? [])}</p>;
    case 'heading':
      return <Heading key={key} token={token as Tokens.Heading} />;
    case 'code':
      return <CodeBlock key={key} code={String(token['text'])} info={String(token['lang'] ?? '')} />;
    case 'blockquote':
      return <blockquote key={key}>{renderBlocks(token.tokens ?? [])}</blockquote>;
    case 'list':
      return <List key={key} token={token as Tokens.List} />;
    case 'table':
      return <TableBlock key={key} token={token as Tokens.Table} />;
    case 'hr':
      return <hr key={key} />;
    case 'math':
      return <Formula key={key} tex={String(token['tex'])} display />;
    case 'html':
    case 'plain':
      return <p key={key} className="md-plain">{token.raw.trim()}</p>;
    default:
      // A tight list's words come as a bare text token.
      return renderInline([token]);
  }
}

function renderBlocks(tokens: readonly Token[]): ReactNode[] {
  return tokens.map(renderBlock);
}

interface BlockProps {
  token: Token;
  /** The message's link definitions: the same words may mean other links once these are known. */
  definitions: string;
  /** The levels of the headings inside: what stands above may change them. */
  levels: string;
}

/** One block of a message; drawn again only when its own source changed. */
export const Block = memo(
  function Block({ token }: BlockProps) {
    return renderBlock(token, 0);
  },
  (last, next) => last.definitions === next.definitions && last.levels === next.levels && (last.token === next.token || (last.token.type === next.token.type && last.token.raw === next.token.raw)),
);
