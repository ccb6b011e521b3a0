import { useLayoutEffect, useRef } from 'react';

type Draw = (tex: string, display: boolean) => Node;
let draw: Draw | null = null;

async function loadDraw(): Promise<Draw> {
  const { drawFormula } = await import('./draw-formula.ts');
  draw = drawFormula;
  return drawFormula;
}

function place(element: HTMLElement, tex: string, display: boolean, paint: Draw): void {
  try {
    element.replaceChildren(paint(tex, display));
    element.classList.remove('is-source');
  } catch {
    // Not a formula after all: its source says more than an error would.
    element.textContent = tex;
  }
}

/** A formula. Its source stands in its place until KaTeX, which comes when the first formula does, has drawn it. */
export function Formula({ tex, display }: { tex: string; display: boolean }) {
  const host = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const element = host.current;
    if (!element) return undefined;
    let gone = false;
    if (draw) {
      place(element, tex, display, draw);
      return undefined;
    }
    element.textContent = tex;
    // Without the network the source stays: that is what the catch means.
    loadDraw().then((paint) => !gone && place(element, tex, display, paint)).catch(() => undefined);
    return () => {
      gone = true;
    };
  }, [tex, display]);
  return <span ref={host} className={display ? 'md-formula is-display is-source' : 'md-formula is-source'} />;
}
