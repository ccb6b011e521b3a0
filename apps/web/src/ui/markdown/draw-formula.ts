import type { KatexOptions } from 'katex';
import katex from 'katex';
import 'katex/dist/katex.min.css';

// Bounds on what a formula may ask for: macro steps, and em for a rule or a space.
const MAX_STEPS = 300;
const MAX_SIZE_EM = 20;
const MAX_LENGTH = 2000;

interface DrawnNode {
  attributes?: Record<string, string>;
  children?: DrawnNode[];
  toNode(): HTMLElement;
}

// KaTeX's own builder, one step before katex.render puts its result into the page; its types leave it out.
const build = (katex as unknown as { __renderToDomTree(tex: string, options: KatexOptions): DrawnNode }).__renderToDomTree;

// A few of KaTeX's nodes carry a style attribute, which the CSP refuses; the same text through CSSOM is allowed.
const HELD = 'data-held-style';

function holdStyles(node: DrawnNode): void {
  if (node.attributes?.['style'] !== undefined) {
    node.attributes[HELD] = node.attributes['style'];
    delete node.attributes['style'];
  }
  for (const child of node.children ?? []) holdStyles(child);
}

/**
 * A formula as nodes, with MathML inside for screen readers. Nothing in it is trusted: no link, image, class or id from its text.
 * @throws where it is no formula, or asks for too much.
 */
export function drawFormula(tex: string, display: boolean): HTMLElement {
  if (tex.length > MAX_LENGTH) throw new Error('The formula is too long.');
  const tree = build(tex, { displayMode: display, throwOnError: true, trust: false, strict: 'ignore', maxExpand: MAX_STEPS, maxSize: MAX_SIZE_EM, output: 'htmlAndMathml' });
  holdStyles(tree);
  const drawn = tree.toNode();
  for (const element of drawn.querySelectorAll<HTMLElement>(`[${HELD}]`)) {
    // MathML has no style in older browsers; nobody sees that half, it is for screen readers.
    if ('style' in element) element.style.cssText += element.getAttribute(HELD) ?? '';
    element.removeAttribute(HELD);
  }
  return drawn;
}
