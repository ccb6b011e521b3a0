/** Where a popover is put: in the page's own section, so that it stays inside the landmark it belongs to. */
export function insidePage(trigger: HTMLElement): HTMLElement {
  return trigger.closest<HTMLElement>('.chat-main') ?? document.body;
}
