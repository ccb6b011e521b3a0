import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Markdown } from './markdown.tsx';
import { sampleTexts as texts } from './sample-texts.ts';

// KaTeX looks at the document once, when it is loaded; the test's one has no doctype.
vi.hoisted(() => Object.defineProperty(document, 'compatMode', { value: 'CSS1Compat' }));

const elements = new Set('DIV P SPAN STRONG EM DEL CODE PRE BR HR UL OL LI INPUT BLOCKQUOTE H3 H4 H5 H6 FIGURE FIGCAPTION TABLE THEAD TBODY TR TH TD BUTTON SVG RECT PATH CIRCLE'.split(' '));
const attributes = new Set('class dir lang role tabindex title aria-label aria-pressed aria-hidden scope start type checked readonly disabled width height viewBox fill stroke stroke-width stroke-linecap stroke-linejoin focusable x y rx d cx cy r'.split(' '));

/** Elements and attributes that the renderer may make; a formula's own are KaTeX's, tested beside it. */
function expectHarmless(root: ParentNode, source: string): void {
  for (const element of root.querySelectorAll('*')) {
    if (element.closest('.katex')) continue;
    expect(elements.has(element.tagName.toUpperCase()), `<${element.tagName}> from ${JSON.stringify(source)}`).toBe(true);
    for (const { name } of element.attributes) expect(attributes.has(name), `${name} on <${element.tagName}> from ${JSON.stringify(source)}`).toBe(true);
    if (element.getAttribute('role') === 'link') expect(element.getAttribute('title')).toMatch(/^(?:https?:|mailto:)/);
  }
}

function draw(text: string, streaming = false) {
  const drawn = render(<Markdown text={text} streaming={streaming} texts={texts} />);
  return { ...drawn, root: drawn.container.querySelector('.md') as HTMLElement };
}

const nasty = [
  '# H <b onclick=alert(1)>x</b> {#location}', '<script>alert(1)</script> <svg/onload=alert(1)><svg><use href="data:image/svg+xml,x"/><animate onbegin=alert(1)></svg>', '<math><mtext><img src=x onerror=alert(1)></mtext></math>',
  '[a](javascript:alert(1)) [b](&#106;avascript&#58;alert(1)) [c]( java\\script:x) [d][e] <javascript:alert(1)> [f](https://ok.example "t\\" onx=1")', '', '[e]: data:text/html,<script>alert(1)</script>', '',
  '![i](https://evil.example/p.png) ![j](data:image/png;base64,AA==) [![k](https://evil.example/k.png)](https://ok.example)', '', '- [x] 完成 `a<b>` **粗：**后 *斜*', '  1. &lt;img src=x onerror=alert(1)&gt; 😀', '', '> > quote $x_<$ and $5', '',
  '| a | <img src=x> |', '|---|:-:|', '| =cmd() | `|` |', '', '```"><script>alert(1)</script>', '</code></pre><script>alert(1)</script>', '```', '', '$$', '\\href{javascript:alert(1)}{x} \\includegraphics{https://evil.example/x.png}', '$$', '', '<iframe srcdoc="', '<style>*{display:none}</style>', '<form action=//evil.example><input name=attributes>',
].join('\n');

afterEach(cleanup);

describe('Markdown', () => {
  it.each(['javascript:alert(1)', 'JAVASCRIPT:alert(1)', '&#x6A;avascript:alert(1)', 'javascript&colon;alert(1)', 'java&Tab;script:alert(1)', 'data:text/html,x', 'vbscript:x', 'blob:https://a.b/1', '//evil.example', '/admin', '%6aavascript:alert(1)'])('makes text of a link to %s', (href) => {
    const { root } = draw(`[inline](${href}) [ref][r] ![image](${href}) <${href}>\n\n[r]: ${href}`);
    expect(screen.queryByRole('link')).toBeNull();
    expect(root.textContent).toContain('inline');
    expect(root.textContent).toContain('ref');
  });

  it('shows HTML as the letters it is', () => {
    const { root, container } = draw('before <img src=x onerror=alert(1)> after\n\n<svg onload=alert(1)></svg>');
    expect(root.textContent).toContain('<img src=x onerror=alert(1)>');
    expect(root.textContent).toContain('<svg onload=alert(1)></svg>');
    expect(container.querySelector('img, svg')).toBeNull();
  });

  it('decodes references to text alone, and not inside code', () => {
    const { root } = draw('&lt;b&gt; &amp;amp; `&lt;`');
    expect(root.textContent).toBe('<b> &amp; &lt;');
  });

  it('loads no image and shows where it is', () => {
    const { container } = draw('![chart](https://evil.example/pixel.png)');
    expect(container.querySelector('img')).toBeNull();
    expect(screen.getByRole('link', { name: 'Image chart' }).getAttribute('title')).toBe('https://evil.example/pixel.png');
  });

  it('opens a link only through the page that shows the whole address', () => {
    draw('[our bank](https://user@evil.example/a?b=c#d)');
    const link = screen.getByRole('link', { name: 'our bank' });
    expect(link.hasAttribute('href')).toBe(false);
    fireEvent.keyDown(link, { key: 'Enter' });
    const dialog = screen.getByRole('dialog');
    expect(dialog.textContent).toContain('https://user@evil.example/a?b=c#d');
    expect(dialog.querySelector('b')?.textContent).toBe('evil.example');
    const open = screen.getByRole('link', { name: 'Open' });
    expect(open.getAttribute('rel')).toContain('noopener');
    expect(open.getAttribute('href')).toBe('https://user@evil.example/a?b=c#d');
    fireEvent.click(screen.getByRole('button', { name: 'Stay' }));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('draws lists, tasks, tables, quotes and code as what they are', () => {
    const { root } = draw('3. three\n4. four\n\n- [x] done\n- [ ] open\n\n|n|v|\n|-|-:|\n|a|1<br>2|\n\n> said\n\n```ts\nlet a\n```');
    expect(root.querySelector('ol')?.getAttribute('start')).toBe('3');
    expect(screen.getByRole('checkbox', { name: 'Done' })).toHaveProperty('checked', true);
    expect(screen.getByRole('columnheader', { name: 'v' }).className).toBe('is-right');
    expect(root.querySelectorAll('td br')).toHaveLength(1);
    expect(root.querySelector('pre')?.textContent).toBe('let a');
    expect(root.querySelector('.md-block-label')?.textContent).toBe('ts');
  });

  it('finds links by name once the end of the text says where they go', () => {
    const text = 'see [the page][r]\n\ntwo\n\nthree\n\nfour\n\n';
    const { rerender } = draw(text, true);
    rerender(<Markdown text={`${text}[r]: https://ok.example/a`} streaming texts={texts} />);
    rerender(<Markdown text={`${text}[r]: https://ok.example/a`} texts={texts} />);
    expect(screen.getByRole('link', { name: 'the page' }).title).toBe('https://ok.example/a');
  });

  it('gives headings no ids, so no text can take a name of the page', () => {
    const { container } = draw('# location\n\n# forms\n\n<a name=x id=y>');
    expect(container.querySelector('[id], [name]')).toBeNull();
  });

  it('never throws and never makes anything forbidden, wherever a nasty text is cut', () => {
    const bytes = new TextEncoder().encode(nasty);
    const decode = (end: number) => new TextDecoder().decode(bytes.subarray(0, end));
    const { root, rerender } = draw('', true);
    for (let end = 1; end <= bytes.length; end += 1) {
      rerender(<Markdown text={decode(end)} streaming texts={texts} />);
      expectHarmless(root, decode(end));
    }
  }, 60_000);

  it('makes nothing forbidden of random Markdown, and ends a stream as it would have drawn the whole', () => {
    const scraps = fc.constantFrom(...nasty.split(/(?<=[\s\])>])/), '\n', '\n\n', '**', '`', '[', '](', '<', '|', '$', '> ', '- ', '&#', '\0', '\u202E', '\uD800');
    fc.assert(
      fc.property(fc.array(fc.oneof(scraps, fc.string({ maxLength: 8 })), { maxLength: 25 }), (parts) => {
        const text = parts.join('');
        const streamed = draw('', true);
        for (let count = 1; count <= parts.length; count += 1) streamed.rerender(<Markdown text={parts.slice(0, count).join('')} streaming texts={texts} />);
        expectHarmless(streamed.root, text);
        streamed.rerender(<Markdown text={text} texts={texts} />);
        const whole = draw(text);
        expectHarmless(whole.root, text);
        expect(streamed.root.innerHTML).toBe(whole.root.innerHTML);
        cleanup();
      }),
      { numRuns: 150 },
    );
  }, 120_000);
});
