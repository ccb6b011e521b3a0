// What browsers report for a key that an input method has taken; Safari ends the composition before it says so.
const TAKEN_BY_INPUT_METHOD = 229;

/** Whether a key press sends: Enter without Shift, and never while an input method composes. */
export function isSendKey(event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'isComposing' | 'keyCode'>): boolean {
  return event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== TAKEN_BY_INPUT_METHOD;
}
