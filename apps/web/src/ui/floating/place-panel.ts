export type Placement = 'above-start' | 'below-start' | 'below-end';

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const GAP = 6;
const EDGE = 8;

/**
 * Where a panel of a size stands at its trigger, in CSS px of the window. Where its side has no room it takes the other one.
 * Above, it is held by its lower edge, so that it may shrink without leaving its trigger.
 */
export function placePanel(trigger: Box, panel: { width: number; height: number }, view: { width: number; height: number }, placement: Placement) {
  const fitsAbove = trigger.top - GAP - panel.height >= EDGE;
  const fitsBelow = trigger.bottom + GAP + panel.height <= view.height - EDGE;
  const above = placement === 'above-start' ? fitsAbove || !fitsBelow : !fitsBelow && fitsAbove;
  const wanted = placement === 'below-end' ? trigger.right - panel.width : trigger.left;
  const left = Math.max(EDGE, Math.min(wanted, view.width - EDGE - panel.width));
  const vertical = above ? { bottom: view.height - trigger.top + GAP, room: trigger.top - GAP - EDGE } : { top: trigger.bottom + GAP, room: view.height - trigger.bottom - GAP - EDGE };
  return { left, ...vertical };
}
