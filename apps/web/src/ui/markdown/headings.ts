import type { Token, Tokens } from 'marked';

// The page has h1 and h2 of its own above a message.
const FIRST = 3;
const LAST = 6;

const levels = new WeakMap<Token, number>();

function listHeadings(token: Token): Token[] {
  if (token.type === 'heading') return [token];
  if (token.type === 'list') return (token as Tokens.List).items.flatMap((item) => item.tokens.flatMap(listHeadings));
  return token.type === 'blockquote' ? (token.tokens ?? []).flatMap(listHeadings) : [];
}

/**
 * Gives every heading the level that its place asks for, from h3 on and without a skip, however many marks its author
 * wrote; only what stands before it counts, so a text that grows changes none. Returns each block's levels as one text.
 */
export function placeHeadings(tokens: readonly Token[]): string[] {
  const above: number[] = [];
  return tokens.map((token) =>
    listHeadings(token)
      .map((heading) => {
        const depth = Number((heading as Tokens.Heading).depth);
        while (above.length > 0 && (above.at(-1) ?? 0) >= depth) above.pop();
        above.push(depth);
        const level = Math.min(LAST, FIRST - 1 + above.length);
        levels.set(heading, level);
        return level;
      })
      .join(' '),
  );
}

/** The level that `placeHeadings` gave a heading. */
export function levelOf(heading: Token): number {
  return levels.get(heading) ?? FIRST;
}
