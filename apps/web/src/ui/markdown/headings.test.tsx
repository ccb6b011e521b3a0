import { cleanup, render } from '@testing-library/react';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { placeHeadings } from './headings.ts';
import { lex } from './lex.ts';
import { Markdown } from './markdown.tsx';
import { sampleTexts } from './sample-texts.ts';

afterEach(cleanup);

const read = (text: string) => placeHeadings(lex(text).tokens).filter((levels) => levels !== '').join(' ');
const list = (root: ParentNode) => [...root.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((heading) => [heading.tagName, heading.className]);

describe('the headings of an answer', () => {
  test('begin at h3 and skip none, however many marks their author wrote', () => {
    expect(read('### a\n\n##### b\n\n### c\n\n# d\n\n## e\n\n#### f')).toBe('3 4 3 3 4 5');
    expect(read('# a\n\n# b\n\n###### c')).toBe('3 3 4');
    expect(read('> ## quoted\n\n1. #### in a list\n\n   ##### deeper\n\n# z')).toBe('3 4 5 3');
  });

  test('keep their size, and their level when more comes', () => {
    const { container, rerender } = render(<Markdown text="### one" streaming texts={sampleTexts} />);
    expect(list(container)).toEqual([['H3', 'md-h3']]);
    rerender(<Markdown text={'### one\n\ntext\n\n##### two\n\ntext\n\n# three\n\nmore\n\n'} streaming texts={sampleTexts} />);
    expect(list(container)).toEqual([['H3', 'md-h3'], ['H4', 'md-h5'], ['H3', 'md-h1']]);
  });

  test('never go more than one level deeper than the one before', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 20 }), (depths) => {
        const levels = read(depths.map((depth) => `${'#'.repeat(depth)} h`).join('\n\n')).split(' ').filter(Boolean).map(Number);
        expect(levels).toHaveLength(depths.length);
        for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? 2)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
