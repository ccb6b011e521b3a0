/** Whether a finger is the pointer: there a focus that nobody asked for opens the keyboard over the page. */
export function isTouch(): boolean {
  return matchMedia('(pointer: coarse)').matches;
}
