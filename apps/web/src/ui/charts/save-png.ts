const SCALE = 2;
const MARGIN = 24;
const HEAD = 44;

/** What is drawn upon: so much of a canvas as is needed. */
type Paper = Pick<CanvasRenderingContext2D, 'fillRect' | 'fillText' | 'fill' | 'stroke' | 'translate' | 'scale' | 'fillStyle' | 'strokeStyle' | 'lineWidth' | 'globalAlpha' | 'font' | 'textAlign'>;

const numberOf = (element: Element, name: string) => Number(element.getAttribute(name) ?? 0);

/** Draws a chart's shapes in the colours that they have on the page: nothing is fetched or loaded for it. */
function drawShapes(svg: SVGSVGElement, paper: Paper): void {
  for (const shape of svg.querySelectorAll('rect, line, path, circle, text')) {
    const { fill, stroke, strokeWidth, opacity, fontSize, fontFamily } = getComputedStyle(shape);
    const parent = shape.parentElement ? getComputedStyle(shape.parentElement).opacity : '1';
    paper.globalAlpha = Number(opacity || 1) * Number(parent || 1);
    paper.fillStyle = fill;
    paper.strokeStyle = stroke;
    paper.lineWidth = Number.parseFloat(strokeWidth) || 1;
    drawShape(shape, paper, { isFilled: fill !== 'none', isDrawn: stroke !== 'none' && stroke !== '', font: `${fontSize || '12px'} ${fontFamily || 'sans-serif'}` });
  }
  paper.globalAlpha = 1;
}

function drawShape(shape: Element, paper: Paper, { isFilled, isDrawn, font }: { isFilled: boolean; isDrawn: boolean; font: string }): void {
  const of = (name: string) => numberOf(shape, name);
  if (shape.tagName === 'text') {
    paper.font = font;
    paper.textAlign = shape.getAttribute('text-anchor') === 'end' ? 'right' : shape.getAttribute('text-anchor') === 'middle' ? 'center' : 'left';
    return paper.fillText(shape.textContent, of('x'), of('y'));
  }
  const outline = new Path2D(shape.tagName === 'path' ? (shape.getAttribute('d') ?? '') : '');
  if (shape.tagName === 'rect') outline.rect(of('x'), of('y'), of('width'), of('height'));
  if (shape.tagName === 'circle') outline.arc(of('cx'), of('cy'), of('r'), 0, 2 * Math.PI);
  if (shape.tagName === 'line') {
    outline.moveTo(of('x1'), of('y1'));
    outline.lineTo(of('x2'), of('y2'));
  }
  // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a canvas fills a path, no array
  if (isFilled && shape.tagName !== 'line') paper.fill(outline);
  if (isDrawn) paper.stroke(outline);
}

/** Lets the browser save a chart as a picture, with its title and the names of its colours, on the page's own ground. */
export async function savePng(svg: SVGSVGElement, { name, title, legend }: { name: string; title: string; legend: readonly { name: string; swatch: Element | null }[] }): Promise<void> {
  const canvas = document.createElement('canvas');
  const [width, height] = [numberOf(svg, 'width'), numberOf(svg, 'height')];
  canvas.width = (width + 2 * MARGIN) * SCALE;
  canvas.height = (height + HEAD + 2 * MARGIN + (legend.length > 0 ? HEAD : 0)) * SCALE;
  const paper = canvas.getContext('2d');
  if (!paper) return;
  const style = getComputedStyle(document.documentElement);
  paper.scale(SCALE, SCALE);
  paper.fillStyle = style.getPropertyValue('--lyss-card');
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.fillStyle = style.getPropertyValue('--lyss-ink');
  paper.font = `650 15px ${getComputedStyle(document.body).fontFamily}`;
  paper.fillText(title, MARGIN, MARGIN + 15);
  paper.translate(MARGIN, HEAD + MARGIN / 2);
  drawShapes(svg, paper);
  drawNames(paper, legend, height + MARGIN, style.getPropertyValue('--lyss-ink'));
  const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (picture) saveBlob(name, picture);
}

function drawNames(paper: CanvasRenderingContext2D, legend: readonly { name: string; swatch: Element | null }[], top: number, ink: string): void {
  paper.font = `12px ${getComputedStyle(document.body).fontFamily}`;
  paper.textAlign = 'left';
  let left = 0;
  for (const { name, swatch } of legend) {
    paper.fillStyle = swatch ? getComputedStyle(swatch).backgroundColor : ink;
    paper.fillRect(left, top - 9, 10, 10);
    paper.fillStyle = ink;
    paper.fillText(name, left + 16, top);
    left += paper.measureText(name).width + 36;
  }
}

function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun by then; what stays would keep the picture in memory.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
